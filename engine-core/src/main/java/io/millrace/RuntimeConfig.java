package io.millrace;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A session's settings, {@code millrace.} keys in any case; a change holds for later queries. */
public final class RuntimeConfig {
  private final Map<String, String> values =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

  RuntimeConfig(Map<String, String> values) {
    this.values.putAll(values);
  }

  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  public String get(String key, String otherwise) {
    return values.getOrDefault(key, otherwise);
  }

  public RuntimeConfig set(String key, Object value) {
    values.put(key, value.toString());
    return this;
  }

  public RuntimeConfig unset(String key) {
    values.remove(key);
    return this;
  }

  /** A copy of all settings. */
  public Map<String, String> getAll() {
    return Map.copyOf(values);
  }
}
