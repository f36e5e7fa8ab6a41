package io.millrace.state.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.state.snapshot.OperatorState.Closing;
import io.millrace.types.MillraceException;
import io.millrace.types.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Operators in JSON: a list of objects with the fields name, keyColumns, schema, which is DDL, and,
 * where a watermark closes rows, closingColumn and closingLengthUs.
 */
final class OperatorsJson {
  private OperatorsJson() {}

  static void write(JsonGenerator json, List<OperatorState> operators) throws IOException {
    json.writeArrayFieldStart("operators");
    for (OperatorState operator : operators) {
      json.writeStartObject();
      json.writeStringField("name", operator.name());
      json.writeNumberField("keyColumns", operator.keyColumns());
      json.writeStringField("schema", operator.schema().sql());
      if (operator.closing().isPresent()) {
        json.writeNumberField("closingColumn", operator.closing().get().column());
        json.writeNumberField("closingLengthUs", operator.closing().get().lengthUs());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Reads the list on whose start the reader stands. */
  static List<OperatorState> read(JsonParser json) throws IOException {
    List<OperatorState> operators = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      operators.add(readOne(json));
    }
    return operators;
  }

  private static OperatorState readOne(JsonParser json) throws IOException {
    String name = "";
    int keyColumns = 0;
    String schema = "";
    int closingColumn = -1;
    long closingLengthUs = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "name" -> name = json.getText();
        case "keyColumns" -> keyColumns = json.getIntValue();
        case "schema" -> schema = json.getText();
        case "closingColumn" -> closingColumn = json.getIntValue();
        case "closingLengthUs" -> closingLengthUs = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    try {
      Optional<Closing> closing =
          closingColumn < 0
              ? Optional.empty()
              : Optional.of(new Closing(closingColumn, closingLengthUs));
      return new OperatorState(name, Schema.parse(schema), keyColumns, closing);
    } catch (MillraceException e) {
      throw new IOException("operator " + name + ": " + e.getMessage(), e);
    }
  }
}
