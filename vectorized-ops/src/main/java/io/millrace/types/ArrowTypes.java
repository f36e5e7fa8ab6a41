package io.millrace.types;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Our types as Arrow's, and back. */
final class ArrowTypes {
  private static final int DECIMAL_BITS = 128;

  private ArrowTypes() {}

  static org.apache.arrow.vector.types.pojo.Schema toArrow(Schema schema) {
    return new org.apache.arrow.vector.types.pojo.Schema(fields(schema));
  }

  static List<org.apache.arrow.vector.types.pojo.Field> fields(Schema schema) {
    return schema.fields().stream().map(ArrowTypes::toArrow).toList();
  }

  static Schema fromArrow(org.apache.arrow.vector.types.pojo.Schema arrow) {
    return new Schema(arrow.getFields().stream().map(ArrowTypes::fromArrow).toList());
  }

  private static org.apache.arrow.vector.types.pojo.Field toArrow(Field field) {
    return arrowField(field.name(), field.type(), field.nullable());
  }

  private static org.apache.arrow.vector.types.pojo.Field arrowField(
      String name, DataType type, boolean nullable) {
    List<org.apache.arrow.vector.types.pojo.Field> children = new ArrayList<>();
    switch (type) {
      case DataType.Array array ->
          children.add(arrowField("element", array.element(), array.containsNull()));
      case DataType.Map map ->
          children.add(
              new org.apache.arrow.vector.types.pojo.Field(
                  "entries",
                  FieldType.notNullable(ArrowType.Struct.INSTANCE),
                  List.of(
                      arrowField("key", map.key(), false),
                      arrowField("value", map.value(), map.valueContainsNull()))));
      case DataType.Struct struct ->
          struct.fields().fields().forEach(child -> children.add(toArrow(child)));
      case DataType.Simple ignored -> {}
      case DataType.Decimal ignored -> {}
    }
    return new org.apache.arrow.vector.types.pojo.Field(
        name, new FieldType(nullable, arrowType(type), null), children);
  }

  private static ArrowType arrowType(DataType type) {
    return switch (type) {
      case DataType.Simple simple ->
          switch (simple) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case TINYINT -> new ArrowType.Int(8, true);
            case SMALLINT -> new ArrowType.Int(16, true);
            case INT -> new ArrowType.Int(32, true);
            case BIGINT -> new ArrowType.Int(64, true);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case STRING -> ArrowType.Utf8.INSTANCE;
            case BINARY -> ArrowType.Binary.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            case VOID -> ArrowType.Null.INSTANCE;
          };
      case DataType.Decimal decimal ->
          new ArrowType.Decimal(decimal.precision(), decimal.scale(), DECIMAL_BITS);
      case DataType.Array ignored -> ArrowType.List.INSTANCE;
      case DataType.Map ignored -> new ArrowType.Map(false);
      case DataType.Struct ignored -> ArrowType.Struct.INSTANCE;
    };
  }

  private static Field fromArrow(org.apache.arrow.vector.types.pojo.Field field) {
    return new Field(field.getName(), typeOf(field), field.isNullable());
  }

  private static DataType typeOf(org.apache.arrow.vector.types.pojo.Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Bool) {
      return DataType.BOOLEAN;
    } else if (type instanceof ArrowType.Int integer && integer.getIsSigned()) {
      return switch (integer.getBitWidth()) {
        case 8 -> DataType.TINYINT;
        case 16 -> DataType.SMALLINT;
        case 32 -> DataType.INT;
        default -> DataType.BIGINT;
      };
    } else if (type instanceof ArrowType.FloatingPoint floating
        && floating.getPrecision() != FloatingPointPrecision.HALF) {
      return floating.getPrecision() == FloatingPointPrecision.SINGLE
          ? DataType.FLOAT
          : DataType.DOUBLE;
    } else if (type instanceof ArrowType.Utf8) {
      return DataType.STRING;
    } else if (type instanceof ArrowType.Binary) {
      return DataType.BINARY;
    } else if (type instanceof ArrowType.Date date && date.getUnit() == DateUnit.DAY) {
      return DataType.DATE;
    } else if (type instanceof ArrowType.Timestamp timestamp
        && timestamp.getUnit() == TimeUnit.MICROSECOND
        && timestamp.getTimezone() != null) {
      return DataType.TIMESTAMP;
    } else if (type instanceof ArrowType.Decimal decimal && decimal.getBitWidth() == DECIMAL_BITS) {
      return new DataType.Decimal(decimal.getPrecision(), decimal.getScale());
    } else if (type instanceof ArrowType.Null) {
      return DataType.VOID;
    } else if (type instanceof ArrowType.List) {
      org.apache.arrow.vector.types.pojo.Field element = field.getChildren().getFirst();
      return new DataType.Array(typeOf(element), element.isNullable());
    } else if (type instanceof ArrowType.Map) {
      List<org.apache.arrow.vector.types.pojo.Field> entry =
          field.getChildren().getFirst().getChildren();
      return new DataType.Map(
          typeOf(entry.get(0)), typeOf(entry.get(1)), entry.get(1).isNullable());
    } else if (type instanceof ArrowType.Struct) {
      return new DataType.Struct(
          new Schema(field.getChildren().stream().map(ArrowTypes::fromArrow).toList()));
    }
    throw new AnalysisException(
        "Arrow field "
            + field.getName()
            + ": type "
            + type
            + " has no counterpart; supported are Bool, signed Int, Float, Double, Utf8, Binary, Date(DAY),"
            + " Timestamp(MICROSECOND, with zone), Decimal(128), List, Map and Struct");
  }
}
