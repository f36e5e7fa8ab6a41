package io.millrace.state.snapshot;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.state.storage.AsciiJson;
import java.io.IOException;
import java.util.List;

/**
 * The first frame of a snapshot.
 *
 * @param epoch that was committed last
 * @param stateSequence of the first delta that is not in it
 */
record SnapshotHeader(long epoch, long stateSequence, List<OperatorState> operators) {
  byte[] encode() {
    return AsciiJson.encode(
        json -> {
          json.writeNumberField("formatVersion", SchemaFile.FORMAT_VERSION);
          json.writeNumberField("epoch", epoch);
          json.writeNumberField("stateSequence", stateSequence);
          OperatorsJson.write(json, operators);
        });
  }

  /**
   * @param file for messages
   */
  static SnapshotHeader decode(String file, byte[] bytes) throws IOException {
    int version = -1;
    long epoch = -1;
    long stateSequence = -1;
    List<OperatorState> operators = List.of();
    try (JsonParser json = AsciiJson.parser(bytes)) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "formatVersion" -> version = json.getIntValue();
          case "epoch" -> epoch = json.getLongValue();
          case "stateSequence" -> stateSequence = json.getLongValue();
          case "operators" -> operators = OperatorsJson.read(json);
          default -> json.skipChildren();
        }
      }
    }
    if (version != SchemaFile.FORMAT_VERSION) {
      throw SchemaFile.newer(file, version);
    }
    return new SnapshotHeader(epoch, stateSequence, operators);
  }
}
