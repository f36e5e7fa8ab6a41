package io.millrace.state.snapshot;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.state.storage.AsciiJson;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.WholeFile;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.util.List;

/**
 * {@code schema.json}: what the operators save, with the fields formatVersion, operators and
 * crc32c; written once, before the first change.
 */
final class SchemaFile {
  static final int FORMAT_VERSION = 1;

  private SchemaFile() {}

  static void write(
      StateFiles files, Storage storage, CrashPoints points, List<OperatorState> operators) {
    byte[] bytes =
        AsciiJson.encodeFile(
            json -> {
              json.writeNumberField("formatVersion", FORMAT_VERSION);
              OperatorsJson.write(json, operators);
            });
    WholeFile.write(storage, points, files.schema(), bytes, true);
  }

  static List<OperatorState> read(StateFiles files, Storage storage) {
    byte[] bytes = WholeFile.read(storage, files.schema());
    int version = -1;
    List<OperatorState> operators = List.of();
    try (JsonParser json = AsciiJson.fileParser(bytes)) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "formatVersion" -> version = json.getIntValue();
          case "operators" -> operators = OperatorsJson.read(json);
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw files.damaged(files.schema(), e.getMessage());
    }
    if (version != FORMAT_VERSION) {
      throw newer(files.schema().toString(), version);
    }
    return operators;
  }

  static MillraceException newer(String file, int version) {
    return new MillraceException(
        ErrorCode.CHECKPOINT,
        file
            + ": written in state format "
            + version
            + ", this version of Millrace reads format "
            + FORMAT_VERSION
            + "; use the version that wrote it");
  }

  /** Refuses operators that save something else than those that began the state. */
  static void requireSame(
      StateFiles files, List<OperatorState> before, List<OperatorState> operators) {
    for (int i = 0; i < Math.max(before.size(), operators.size()); i++) {
      String was = i < before.size() ? text(before.get(i)) : "nothing";
      String now = i < operators.size() ? text(operators.get(i)) : "nothing";
      if (!was.equals(now)) {
        throw new MillraceException(
            ErrorCode.CHECKPOINT,
            "checkpoint "
                + files.checkpoint()
                + " holds the state of another query: stateful operator "
                + (i + 1)
                + " was "
                + was
                + ", now "
                + now
                + "; use a new checkpointLocation, or run the old query");
      }
    }
  }

  private static String text(OperatorState operator) {
    return operator.name()
        + " with state ("
        + operator.schema().sql()
        + ") by its first "
        + operator.keyColumns()
        + " columns"
        + operator.closing().map(SchemaFile::text).orElse(", kept for ever");
  }

  private static String text(OperatorState.Closing closing) {
    return ", until the watermark reaches column "
        + closing.column()
        + " plus "
        + closing.lengthUs()
        + " microseconds";
  }
}
