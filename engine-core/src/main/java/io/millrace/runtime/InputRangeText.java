package io.millrace.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.InputRange;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** An input range as it stands in a plan: {@code {"start":..,"end":..,"detail":..}}. */
public final class InputRangeText {
  private static final JsonFactory JSON = new JsonFactory();

  private InputRangeText() {}

  public static String of(InputRange range) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("start", range.start());
      json.writeStringField("end", range.end());
      json.writeStringField("detail", range.detail());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * @throws MillraceException with code CHECKPOINT if the text is not of that form
   */
  public static InputRange parse(String text) {
    String start = null;
    String end = null;
    String detail = null;
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        String value = json.nextTextValue();
        switch (name) {
          case "start" -> start = value;
          case "end" -> end = value;
          case "detail" -> detail = value;
          default -> throw new IOException("unknown field " + name);
        }
      }
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT, "an input range is not readable: " + text, e);
    }
    return new InputRange(start, end, detail);
  }
}
