package io.millrace.types;

/**
 * The type of a column or an expression. Simple types are the constants of this interface; the
 * others are records.
 *
 * <p>A type's {@link #sql()} text is what {@link Schema#parse} reads.
 */
public sealed interface DataType {
  DataType BOOLEAN = Simple.BOOLEAN;
  DataType TINYINT = Simple.TINYINT;
  DataType SMALLINT = Simple.SMALLINT;
  DataType INT = Simple.INT;
  DataType BIGINT = Simple.BIGINT;
  DataType FLOAT = Simple.FLOAT;
  DataType DOUBLE = Simple.DOUBLE;

  /** UTF-8 text. */
  DataType STRING = Simple.STRING;

  DataType BINARY = Simple.BINARY;

  /** Days since 1970-01-01. */
  DataType DATE = Simple.DATE;

  /** Microseconds since 1970-01-01T00:00:00Z. */
  DataType TIMESTAMP = Simple.TIMESTAMP;

  /** The type of an untyped NULL literal; converts to every other type. */
  DataType VOID = Simple.VOID;

  /** The type's name in SQL, for example {@code DECIMAL(10,2)}. */
  String sql();

  /**
   * Whether the type has no children. Kernels compare, hash and convert flat values only; nested
   * ones are made, copied, taken apart and written.
   */
  default boolean isFlat() {
    return this instanceof Simple || this instanceof Decimal;
  }

  /** Whether the type is a number: integral, floating point or decimal. */
  default boolean isNumeric() {
    return isIntegral() || isFloating() || this instanceof Decimal;
  }

  default boolean isIntegral() {
    return this == TINYINT || this == SMALLINT || this == INT || this == BIGINT;
  }

  default boolean isFloating() {
    return this == FLOAT || this == DOUBLE;
  }

  /** Whether a value's bytes vary in length: STRING and BINARY. */
  default boolean isVariableWidth() {
    return this == STRING || this == BINARY;
  }

  /** Whether a column of the type has offsets: STRING, BINARY, ARRAY and MAP. */
  default boolean hasOffsets() {
    return isVariableWidth() || this instanceof Array || this instanceof Map;
  }

  /** Types without parameters. */
  enum Simple implements DataType {
    BOOLEAN,
    TINYINT,
    SMALLINT,
    INT,
    BIGINT,
    FLOAT,
    DOUBLE,
    STRING,
    BINARY,
    DATE,
    TIMESTAMP,
    VOID;

    @Override
    public String sql() {
      return name();
    }
  }

  /**
   * An exact number of at most {@code precision} digits (1 to 38), {@code scale} of them (0 to
   * precision) behind the point.
   */
  record Decimal(int precision, int scale) implements DataType {
    public static final int MAX_PRECISION = 38;

    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new AnalysisException(
            "DECIMAL("
                + precision
                + ","
                + scale
                + "): precision must be 1 to 38 and scale 0 to precision");
      }
    }

    @Override
    public String sql() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }

    @Override
    public String toString() {
      return sql();
    }
  }

  /** A list of elements of one type. */
  record Array(DataType element, boolean containsNull) implements DataType {
    @Override
    public String sql() {
      return "ARRAY<" + element.sql() + ">";
    }

    @Override
    public String toString() {
      return sql();
    }
  }

  /** Keys, never null, and their values. */
  record Map(DataType key, DataType value, boolean valueContainsNull) implements DataType {
    /** What a map is a list of. */
    public Struct entries() {
      return new Struct(
          Schema.of(new Field("key", key, false), new Field("value", value, valueContainsNull)));
    }

    @Override
    public String sql() {
      return "MAP<" + key.sql() + "," + value.sql() + ">";
    }

    @Override
    public String toString() {
      return sql();
    }
  }

  /** Named fields. */
  record Struct(Schema fields) implements DataType {
    @Override
    public String sql() {
      StringBuilder text = new StringBuilder("STRUCT<");
      for (Field field : fields.fields()) {
        if (text.length() > "STRUCT<".length()) {
          text.append(',');
        }
        text.append(field.name()).append(':').append(field.type().sql());
        if (!field.nullable()) {
          text.append(" NOT NULL");
        }
      }
      return text.append('>').toString();
    }

    @Override
    public String toString() {
      return sql();
    }
  }
}
