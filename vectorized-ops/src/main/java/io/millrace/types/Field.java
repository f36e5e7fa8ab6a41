package io.millrace.types;

import java.util.Objects;

/** A named, typed column of a {@link Schema}. */
public record Field(String name, DataType type, boolean nullable) {
  public Field {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /** The field as DDL text, for example {@code deviceId STRING NOT NULL}. */
  public String sql() {
    return Schema.quoteIfNeeded(name) + " " + type.sql() + (nullable ? "" : " NOT NULL");
  }
}
