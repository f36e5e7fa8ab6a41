package io.millrace.vector.json;

/**
 * How lines are decoded.
 *
 * @param columnNameOfCorruptRecord the STRING column, if the schema has one of that name, that gets
 *     the raw text of corrupt lines and is null for good ones; a JSON field of that name is ignored
 */
public record JsonOptions(JsonMode mode, String columnNameOfCorruptRecord) {
  public static final JsonOptions DEFAULT = new JsonOptions(JsonMode.PERMISSIVE, "_corrupt_record");

  public JsonOptions withMode(JsonMode value) {
    return new JsonOptions(value, columnNameOfCorruptRecord);
  }
}
