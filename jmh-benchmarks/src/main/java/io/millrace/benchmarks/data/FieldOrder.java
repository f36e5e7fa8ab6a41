package io.millrace.benchmarks.data;

/** In which order the fields stand in a JSON line. */
public enum FieldOrder {
  /** The same in every line. */
  STABLE,
  /** Any of the six, at random. */
  SHUFFLED
}
