package io.millrace.connectors.files;

/**
 * A finished file of an epoch.
 *
 * @param name its path behind the output directory
 */
record OutputFile(String name, long sizeBytes) {
  /** The name without folders, which is unique among a query's files. */
  String plainName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
