package io.millrace.connectors.files.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.connectors.files.FileSample;
import io.millrace.spi.Options;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.json.JsonMode;
import io.millrace.vector.json.JsonOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds columns and types in a sample of lines: whole numbers are BIGINT, and DOUBLE together with
 * other numbers or when they are too large; true and false are BOOLEAN; all else, also nested
 * values and what has several types, is STRING. Columns are ordered by name. A sampled line that is
 * no JSON object adds the column for corrupt records, if the mode keeps them.
 */
final class JsonSchemaInference {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, DataType> columns = new TreeMap<>();
  private boolean corrupt;

  private JsonSchemaInference() {}

  /**
   * @throws AnalysisException if there is no line to learn from
   */
  static Schema infer(Options options, JsonOptions json) {
    JsonSchemaInference found = new JsonSchemaInference();
    int files = FileSample.read(options, found::addLine);
    if (found.corrupt && json.mode() == JsonMode.PERMISSIVE) {
      found.columns.put(json.columnNameOfCorruptRecord(), DataType.STRING);
    }
    if (found.columns.isEmpty()) {
      throw new AnalysisException(
          options.owner()
              + ": no schema was given and none can be found in the "
              + files
              + " files at "
              + options.require("path")
              + "; give one, for example .schema(\"deviceId STRING, temperature DOUBLE\")");
    }
    Schema.Builder schema = Schema.builder();
    found.columns.forEach(
        (name, type) -> schema.add(name, type == DataType.VOID ? DataType.STRING : type));
    return schema.build();
  }

  private void addLine(byte[] line) {
    Map<String, DataType> found = new HashMap<>();
    try (JsonParser parser = JSON.createParser(line)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return;
      }
      if (first != JsonToken.START_OBJECT) {
        corrupt = true;
        return;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        found.put(name, type(parser));
      }
      if (parser.nextToken() != null) {
        corrupt = true;
        return;
      }
    } catch (IOException e) {
      corrupt = true;
      return;
    }
    found.forEach((name, type) -> columns.merge(name, type, JsonSchemaInference::widen));
  }

  private static DataType type(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    return switch (token) {
      case VALUE_NULL -> DataType.VOID;
      case VALUE_TRUE, VALUE_FALSE -> DataType.BOOLEAN;
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? DataType.DOUBLE
              : DataType.BIGINT;
      case VALUE_NUMBER_FLOAT -> DataType.DOUBLE;
      case START_OBJECT, START_ARRAY -> {
        parser.skipChildren();
        yield DataType.STRING;
      }
      case null, default -> DataType.STRING;
    };
  }

  private static DataType widen(DataType a, DataType b) {
    if (a == b || b == DataType.VOID) {
      return a;
    }
    if (a == DataType.VOID) {
      return b;
    }
    return a.isNumeric() && b.isNumeric() ? DataType.DOUBLE : DataType.STRING;
  }
}
