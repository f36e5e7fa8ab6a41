package io.millrace.state.offsets;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * {@code metadata.json}: one JSON object on one line, with the fields formatVersion, queryId,
 * createdBy, operators, sources, sink and, as the last, crc32c: eight hexadecimal digits over all
 * bytes before the comma in front of it.
 */
final class MetadataFile {
  static final int FORMAT_VERSION = 1;

  private MetadataFile() {}

  static byte[] encode(CheckpointMetadata metadata) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = EpochFormat.JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("formatVersion", FORMAT_VERSION);
      json.writeStringField("queryId", metadata.queryId().toString());
      json.writeStringField("createdBy", metadata.createdBy());
      EpochFormat.writeTexts(json, "operators", metadata.operators());
      EpochFormat.writeTexts(json, "sources", metadata.sources());
      json.writeStringField("sink", metadata.sink());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    byte[] object = out.toByteArray();
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

  /**
   * @param path for messages
   */
  static CheckpointMetadata decode(Path path, byte[] file) {
    int endBytes = checksumField(file, 0).length;
    int bodyBytes = Math.max(0, file.length - endBytes);
    byte[] end = Arrays.copyOfRange(file, bodyBytes, file.length);
    if (!Arrays.equals(end, checksumField(file, bodyBytes))) {
      throw damaged(path, "its checksum is wrong", null);
    }
    try (JsonParser json = EpochFormat.JSON.createParser(file)) {
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
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "formatVersion" -> requireVersion(path, json.getIntValue());
        case "queryId" -> queryId = UUID.fromString(json.getText());
        case "createdBy" -> createdBy = json.getText();
        case "operators" -> operators = EpochFormat.readTexts(json);
        case "sources" -> sources = EpochFormat.readTexts(json);
        case "sink" -> sink = json.getText();
        default -> json.skipChildren();
      }
    }
    if (queryId == null) {
      throw damaged(path, "it has no queryId", null);
    }
    return new CheckpointMetadata(queryId, createdBy, operators, sources, sink);
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
