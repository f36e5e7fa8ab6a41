package io.millrace;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import java.util.Locale;

/** A schema as the tree that Spark's {@code printSchema} prints. */
final class SchemaText {
  private SchemaText() {}

  /** The tree, its last line ended. */
  static String tree(Schema schema) {
    StringBuilder text = new StringBuilder("root\n");
    fields(text, " |", schema);
    return text.toString();
  }

  private static void fields(StringBuilder text, String prefix, Schema schema) {
    for (Field field : schema.fields()) {
      line(text, prefix, field.name(), field.type(), " (nullable = " + field.nullable() + ")");
    }
  }

  private static void line(
      StringBuilder text, String prefix, String name, DataType type, String nullability) {
    text.append(prefix)
        .append("-- ")
        .append(name)
        .append(": ")
        .append(name(type))
        .append(nullability)
        .append('\n');
    String deeper = prefix + "    |";
    switch (type) {
      case DataType.Simple ignored -> {}
      case DataType.Decimal ignored -> {}
      case DataType.Array array ->
          line(
              text,
              deeper,
              "element",
              array.element(),
              " (containsNull = " + array.containsNull() + ")");
      case DataType.Map map -> {
        line(text, deeper, "key", map.key(), "");
        line(
            text,
            deeper,
            "value",
            map.value(),
            " (valueContainsNull = " + map.valueContainsNull() + ")");
      }
      case DataType.Struct struct -> fields(text, deeper, struct.fields());
    }
  }

  private static String name(DataType type) {
    return switch (type) {
      case DataType.Simple simple ->
          switch (simple) {
            case TINYINT -> "byte";
            case SMALLINT -> "short";
            case INT -> "integer";
            case BIGINT -> "long";
            case BOOLEAN, FLOAT, DOUBLE, STRING, BINARY, DATE, TIMESTAMP, VOID ->
                simple.sql().toLowerCase(Locale.ROOT);
          };
      case DataType.Decimal decimal -> decimal.sql().toLowerCase(Locale.ROOT);
      case DataType.Array ignored -> "array";
      case DataType.Map ignored -> "map";
      case DataType.Struct ignored -> "struct";
    };
  }
}
