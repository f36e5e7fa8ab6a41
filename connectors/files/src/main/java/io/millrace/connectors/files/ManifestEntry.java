package io.millrace.connectors.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What one epoch added to an output directory. As text: {@code
 * {"epoch":0,"planChecksum":7,"rows":2,"files":[["part-....json",120]]}}.
 */
record ManifestEntry(long epoch, int planChecksum, long rows, List<OutputFile> files) {
  private static final JsonFactory JSON = new JsonFactory();

  ManifestEntry {
    files = List.copyOf(files);
  }

  /** What goes into the checkpoint. */
  String receipt() {
    long bytes = files.stream().mapToLong(OutputFile::sizeBytes).sum();
    return "{\"epoch\":"
        + epoch
        + ",\"files\":"
        + files.size()
        + ",\"rows\":"
        + rows
        + ",\"bytes\":"
        + bytes
        + "}";
  }

  String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("epoch", epoch);
      json.writeNumberField("planChecksum", planChecksum);
      json.writeNumberField("rows", rows);
      json.writeArrayFieldStart("files");
      for (OutputFile file : files) {
        json.writeStartArray();
        json.writeString(file.name());
        json.writeNumber(file.sizeBytes());
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("assertion: text in memory cannot fail", e);
    }
    return text.toString();
  }

  /**
   * @throws IOException if the text is no such entry
   */
  static ManifestEntry parse(String text) throws IOException {
    long epoch = -1;
    int planChecksum = 0;
    long rows = 0;
    List<OutputFile> files = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        switch (name) {
          case "epoch" -> epoch = json.getLongValue();
          case "planChecksum" -> planChecksum = json.getIntValue();
          case "rows" -> rows = json.getLongValue();
          case "files" -> readFiles(json, files);
          default -> json.skipChildren();
        }
      }
    }
    if (epoch < 0) {
      throw new IOException("no epoch in " + text);
    }
    return new ManifestEntry(epoch, planChecksum, rows, files);
  }

  private static void readFiles(JsonParser json, List<OutputFile> files) throws IOException {
    while (json.nextToken() == JsonToken.START_ARRAY) {
      String name = json.nextTextValue();
      files.add(new OutputFile(name, json.nextLongValue(0)));
      json.nextToken();
    }
  }
}
