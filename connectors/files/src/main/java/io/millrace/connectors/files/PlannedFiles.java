package io.millrace.connectors.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * An epoch's files as text for the journal, a JSON list of name, modification time in microseconds
 * and size: {@code [["a.json",1760000000000000,123],...]}.
 */
final class PlannedFiles {
  private static final JsonFactory JSON = new JsonFactory();

  private PlannedFiles() {}

  static String write(List<PlannedFile> files) {
    StringWriter text = new StringWriter(16 + 64 * files.size());
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (PlannedFile file : files) {
        json.writeStartArray();
        json.writeString(file.name());
        json.writeNumber(file.modifiedUs());
        json.writeNumber(file.sizeBytes());
        json.writeEndArray();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new IllegalStateException("assertion: text in memory cannot fail", e);
    }
    return text.toString();
  }

  /**
   * @throws MillraceException if the text is not what {@link #write} makes
   */
  static List<PlannedFile> read(String text) {
    List<PlannedFile> files = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      require(json.nextToken(), JsonToken.START_ARRAY);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        require(json.currentToken(), JsonToken.START_ARRAY);
        require(json.nextToken(), JsonToken.VALUE_STRING);
        String name = json.getText();
        require(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
        long modifiedUs = json.getLongValue();
        require(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
        long sizeBytes = json.getLongValue();
        require(json.nextToken(), JsonToken.END_ARRAY);
        files.add(new PlannedFile(name, modifiedUs, sizeBytes));
      }
      require(json.nextToken(), null);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT, "input range is no list of files: " + e.getMessage(), e);
    }
    return files;
  }

  private static void require(JsonToken found, JsonToken expected) throws IOException {
    if (found != expected) {
      throw new IOException(found + " where " + expected + " should be");
    }
  }
}
