package io.millrace.state.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * One JSON object in ASCII on one line, as it stands in records and in small files; a file's has a
 * last field, crc32c: eight hexadecimal digits over all bytes before the comma in front of it, and
 * a newline behind it.
 */
public final class AsciiJson {
  /**
   * Whoever keeps the bytes limits them, so nothing in them is too long. Escapes keep half a
   * surrogate pair what it is; UTF-8 has no bytes for it.
   */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private AsciiJson() {}

  /** Writes the fields of an object. */
  public interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  public static byte[] encode(Fields fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return out.toByteArray();
  }

  /** A whole file, with its checksum. */
  public static byte[] encodeFile(Fields fields) {
    byte[] object = encode(fields);
    int bodyBytes = object.length - 1;
    byte[] end = checksumField(object, bodyBytes);
    byte[] file = Arrays.copyOf(object, bodyBytes + end.length);
    System.arraycopy(end, 0, file, bodyBytes, end.length);
    return file;
  }

  private static byte[] checksumField(byte[] bytes, int bodyBytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bodyBytes);
    return String.format(Locale.ROOT, ",\"crc32c\":\"%08x\"}\n", crc.getValue())
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** A reader that stands on the start of the object. */
  public static JsonParser parser(byte[] object) throws IOException {
    JsonParser json = JSON.createParser(object);
    json.nextToken();
    return json;
  }

  /**
   * As {@link #parser}, of a whole file.
   *
   * @throws IOException if the checksum is wrong
   */
  public static JsonParser fileParser(byte[] file) throws IOException {
    int endBytes = checksumField(file, 0).length;
    int bodyBytes = Math.max(0, file.length - endBytes);
    byte[] end = Arrays.copyOfRange(file, bodyBytes, file.length);
    if (!Arrays.equals(end, checksumField(file, bodyBytes))) {
      throw new IOException("its checksum is wrong");
    }
    return parser(file);
  }

  public static void writeTexts(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  /** The texts of a list on whose start the reader stands. */
  public static List<String> readTexts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      texts.add(json.getText());
    }
    return texts;
  }

  public static void writeNumbers(JsonGenerator json, String field, List<Long> numbers)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (long number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  /** The whole numbers of a list on whose start the reader stands. */
  public static List<Long> readNumbers(JsonParser json) throws IOException {
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      numbers.add(json.getLongValue());
    }
    return numbers;
  }
}
