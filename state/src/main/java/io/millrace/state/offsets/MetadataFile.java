package io.millrace.state.offsets;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.state.storage.AsciiJson;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code metadata.json}: one JSON object on one line, with the fields formatVersion, queryId,
 * createdBy, operators, sources, sink, where a file describes the query pipeline and query, and, as
 * the last, crc32c: eight hexadecimal digits over all bytes before the comma in front of it.
 */
final class MetadataFile {
  static final int FORMAT_VERSION = 1;

  private MetadataFile() {}

  static byte[] encode(CheckpointMetadata metadata) {
    return AsciiJson.encodeFile(
        json -> {
          json.writeNumberField("formatVersion", FORMAT_VERSION);
          json.writeStringField("queryId", metadata.queryId().toString());
          json.writeStringField("createdBy", metadata.createdBy());
          AsciiJson.writeTexts(json, "operators", metadata.operators());
          AsciiJson.writeTexts(json, "sources", metadata.sources());
          json.writeStringField("sink", metadata.sink());
          writeIfThere(json, "pipeline", metadata.pipeline());
          writeIfThere(json, "query", metadata.query());
        });
  }

  private static void writeIfThere(JsonGenerator json, String field, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(field, text.get());
    }
  }

  /**
   * @param path for messages
   */
  static CheckpointMetadata decode(Path path, byte[] file) {
    try (JsonParser json = AsciiJson.fileParser(file)) {
      return read(path, json);
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(path, e.getMessage(), e);
    }
  }

  private static CheckpointMetadata read(Path path, JsonParser json) throws IOException {
    UUID queryId = null;
    String createdBy = "";
    List<String> operators = List.of();
    List<String> sources = List.of();
    String sink = "";
    Optional<String> pipeline = Optional.empty();
    Optional<String> query = Optional.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "formatVersion" -> requireVersion(path, json.getIntValue());
        case "queryId" -> queryId = UUID.fromString(json.getText());
        case "createdBy" -> createdBy = json.getText();
        case "operators" -> operators = AsciiJson.readTexts(json);
        case "sources" -> sources = AsciiJson.readTexts(json);
        case "sink" -> sink = json.getText();
        case "pipeline" -> pipeline = Optional.of(json.getText());
        case "query" -> query = Optional.of(json.getText());
        default -> json.skipChildren();
      }
    }
    if (queryId == null) {
      throw damaged(path, "it has no queryId", null);
    }
    return new CheckpointMetadata(queryId, createdBy, operators, sources, sink, pipeline, query);
  }

  private static void requireVersion(Path path, int version) {
    if (version != FORMAT_VERSION) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          path
              + ": written in checkpoint format "
              + version
              + ", this version of Millrace reads format "
              + FORMAT_VERSION
              + "; use the version that wrote it");
    }
  }

  private static MillraceException damaged(Path path, String reason, Exception cause) {
    return new MillraceException(
        ErrorCode.CHECKPOINT,
        path + ": damaged: " + reason + "; restore the checkpoint from a backup, or use a new one",
        cause);
  }
}
