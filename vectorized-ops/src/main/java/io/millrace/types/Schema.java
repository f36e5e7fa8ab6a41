package io.millrace.types;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The columns of a frame, in order. Names are compared without regard to case, as Spark does. */
public record Schema(List<Field> fields) {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public Schema {
    fields = List.copyOf(fields);
  }

  public static Schema of(Field... fields) {
    return new Schema(List.of(fields));
  }

  /**
   * Reads DDL text such as {@code "deviceId STRING NOT NULL, ts TIMESTAMP, price DECIMAL(10,2),
   * tags ARRAY<STRING>"}.
   *
   * @throws AnalysisException naming the position when the text is not a schema or a name stands
   *     twice
   */
  public static Schema parse(String ddl) {
    return new SchemaParser(ddl).parse();
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * The schema of Arrow data.
   *
   * @throws AnalysisException naming the field whose Arrow type has no counterpart
   */
  public static Schema fromArrow(org.apache.arrow.vector.types.pojo.Schema arrow) {
    return ArrowTypes.fromArrow(arrow);
  }

  public org.apache.arrow.vector.types.pojo.Schema toArrow() {
    return ArrowTypes.toArrow(this);
  }

  /** The fields of {@link #toArrow}, without Arrow's schema class, which loads a JSON library. */
  public List<org.apache.arrow.vector.types.pojo.Field> arrowFields() {
    return ArrowTypes.fields(this);
  }

  public int size() {
    return fields.size();
  }

  public Field field(int index) {
    return fields.get(index);
  }

  /** The first column with that name in any case. */
  public OptionalInt indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equalsIgnoreCase(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** The columns at those indexes, in that order. */
  public Schema select(int[] indexes) {
    List<Field> chosen = new ArrayList<>(indexes.length);
    for (int index : indexes) {
      chosen.add(fields.get(index));
    }
    return new Schema(chosen);
  }

  /**
   * This schema, if no name stands in it twice.
   *
   * @throws AnalysisException naming the column that does
   */
  public Schema requireUniqueNames() {
    Set<String> seen = new LinkedHashSet<>();
    for (Field field : fields) {
      if (!seen.add(field.name().toLowerCase(Locale.ROOT))) {
        throw new AnalysisException(
            "column " + field.name() + " stands twice in the schema; give one another name");
      }
    }
    return this;
  }

  /** The schema as DDL text that {@link #parse} reads. */
  public String sql() {
    return fields.stream().map(Field::sql).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return sql();
  }

  static String quoteIfNeeded(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
  }

  /** Collects fields in order. */
  public static final class Builder {
    private final List<Field> fields = new ArrayList<>();

    private Builder() {}

    /** Adds a column that may be null. */
    public Builder add(String name, DataType type) {
      return add(name, type, true);
    }

    public Builder add(String name, DataType type, boolean nullable) {
      fields.add(new Field(name, type, nullable));
      return this;
    }

    /**
     * Adds a column that may be null, its type given as SQL text, for example {@code
     * "DECIMAL(10,2)"}.
     */
    public Builder add(String name, String sqlType) {
      return add(name, SchemaParser.parseType(sqlType), true);
    }

    public Schema build() {
      return new Schema(fields).requireUniqueNames();
    }
  }
}
