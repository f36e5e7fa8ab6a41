package io.millrace.types;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row as Java objects: Boolean, Byte, Short, Integer, Long, Float, Double, BigDecimal, String,
 * byte[], LocalDate and Instant, for nested types Row, List and Map, and null. A getter of a
 * primitive type throws for null, and every typed getter for a value of another class; numbers
 * convert to each other. For tests, small results and callbacks that may allocate; the engine
 * itself never uses it.
 */
public final class Row {
  private final Schema schema;
  private final List<Object> values;

  private Row(Schema schema, List<Object> values) {
    this.schema = schema;
    this.values = values;
  }

  /** A row without column names; they come from the frame it is put into. */
  public static Row of(Object... values) {
    return new Row(null, Collections.unmodifiableList(Arrays.asList(values.clone())));
  }

  /** A row whose values can be asked for by name. */
  public static Row of(Schema schema, List<?> values) {
    if (schema.size() != values.size()) {
      throw new AnalysisException(
          "a row of "
              + values.size()
              + " values does not fit a schema of "
              + schema.size()
              + " columns: "
              + schema);
    }
    return new Row(schema, Collections.unmodifiableList(new ArrayList<>(values)));
  }

  public int size() {
    return values.size();
  }

  /** The names and types, if the row came out of a frame. */
  public Optional<Schema> schema() {
    return Optional.ofNullable(schema);
  }

  public List<Object> values() {
    return values;
  }

  public Object get(int index) {
    if (index < 0 || index >= values.size()) {
      throw new AnalysisException("column " + index + " of a row of " + values.size() + " columns");
    }
    return values.get(index);
  }

  /**
   * @throws AnalysisException if the row has no column of that name
   */
  public Object get(String name) {
    return get(index(name));
  }

  private int index(String name) {
    if (schema == null) {
      throw new AnalysisException(
          "column " + name + ": this row has no names, ask for it by index");
    }
    return schema
        .indexOf(name)
        .orElseThrow(
            () -> new AnalysisException("no column " + name + "; the row has " + schema.names()));
  }

  /** A value or null. */
  private <T> T typed(int index, Class<T> type) {
    Object value = get(index);
    if (value != null && !type.isInstance(value)) {
      throw new MillraceException(
          ErrorCode.DATA,
          column(index)
              + " holds a value of class "
              + value.getClass().getSimpleName()
              + ", not "
              + type.getSimpleName()
              + ": "
              + value
              + "; use get, or CAST the column");
    }
    return type.cast(value);
  }

  private <T> T present(int index, Class<T> type) {
    T value = typed(index, type);
    if (value == null) {
      throw new MillraceException(
          ErrorCode.DATA, column(index) + " is null; ask isNull before, or use get");
    }
    return value;
  }

  private String column(int index) {
    return "column " + (schema == null ? index : schema.field(index).name());
  }

  public boolean isNull(int index) {
    return get(index) == null;
  }

  public boolean isNull(String name) {
    return get(name) == null;
  }

  public boolean getBoolean(int index) {
    return present(index, Boolean.class);
  }

  public boolean getBoolean(String name) {
    return getBoolean(index(name));
  }

  public int getInt(int index) {
    return present(index, Number.class).intValue();
  }

  public int getInt(String name) {
    return getInt(index(name));
  }

  public long getLong(int index) {
    return present(index, Number.class).longValue();
  }

  public long getLong(String name) {
    return getLong(index(name));
  }

  public float getFloat(int index) {
    return present(index, Number.class).floatValue();
  }

  public float getFloat(String name) {
    return getFloat(index(name));
  }

  public double getDouble(int index) {
    return present(index, Number.class).doubleValue();
  }

  public double getDouble(String name) {
    return getDouble(index(name));
  }

  public BigDecimal getDecimal(int index) {
    return typed(index, BigDecimal.class);
  }

  public BigDecimal getDecimal(String name) {
    return getDecimal(index(name));
  }

  public String getString(int index) {
    return typed(index, String.class);
  }

  public String getString(String name) {
    return getString(index(name));
  }

  public byte[] getBinary(int index) {
    return typed(index, byte[].class);
  }

  public byte[] getBinary(String name) {
    return getBinary(index(name));
  }

  public LocalDate getDate(int index) {
    return typed(index, LocalDate.class);
  }

  public LocalDate getDate(String name) {
    return getDate(index(name));
  }

  public Instant getTimestamp(int index) {
    return typed(index, Instant.class);
  }

  public Instant getTimestamp(String name) {
    return getTimestamp(index(name));
  }

  /** A STRUCT; null if the column is. */
  public Row getStruct(int index) {
    return typed(index, Row.class);
  }

  public Row getStruct(String name) {
    return getStruct(index(name));
  }

  /** An ARRAY; null if the column is. */
  public List<?> getList(int index) {
    return typed(index, List.class);
  }

  public List<?> getList(String name) {
    return getList(index(name));
  }

  /** A MAP; null if the column is. */
  public Map<?, ?> getMap(int index) {
    return typed(index, Map.class);
  }

  public Map<?, ?> getMap(String name) {
    return getMap(index(name));
  }

  /** Rows are equal when their values are, whatever the names; binary values by content. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Row row && Arrays.deepEquals(values.toArray(), row.values.toArray());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values.toArray());
  }

  /** The values as Spark prints a row: {@code [a,1,null]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      text.append(i == 0 ? "" : ",")
          .append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
    }
    return text.append(']').toString();
  }
}
