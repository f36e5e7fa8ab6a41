package io.millrace.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Readings of one file through one Jackson parser, which is the fastest that these engines' users
 * have at hand; times are taken apart by hand.
 */
public final class ReadingParser extends ReadingCursor {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int BUFFER_BYTES = 1 << 16;
  private static final long SECONDS_PER_DAY = 86_400;

  private final JsonParser parser;
  private long day = Long.MIN_VALUE;
  private long dayStartSeconds;

  public ReadingParser(Path file) throws IOException {
    parser = JSON.createParser(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
  }

  @Override
  public boolean next() throws IOException {
    if (parser.nextToken() == null) {
      return false;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "deviceId" -> deviceId = parser.getText();
        case "timestamp" -> timeMs = time(parser.getTextCharacters(), parser.getTextOffset());
        case "temperature" -> temperature = parser.getDoubleValue();
        default -> parser.skipChildren();
      }
    }
    return true;
  }

  /** Of {@code 2026-01-01T00:00:00Z}; the day is the same from row to row. */
  private long time(char[] text, int at) {
    long date = 0;
    for (int i = 0; i < 10; i++) {
      date = date * 31 + text[at + i];
    }
    if (date != day) {
      day = date;
      int year = digits(text, at, 4);
      int month = digits(text, at + 5, 2);
      dayStartSeconds =
          java.time.LocalDate.of(year, month, digits(text, at + 8, 2)).toEpochDay()
              * SECONDS_PER_DAY;
    }
    int second =
        digits(text, at + 11, 2) * 3600 + digits(text, at + 14, 2) * 60 + digits(text, at + 17, 2);
    return (dayStartSeconds + second) * 1_000;
  }

  private static int digits(char[] text, int at, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value * 10 + text[at + i] - '0';
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
