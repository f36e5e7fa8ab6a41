package io.millrace.connectors.files;

/**
 * A file as it was when it became part of an epoch's input.
 *
 * @param name see {@link FileName}
 * @param modifiedUs microseconds since 1970
 * @param sizeBytes how much of it is read, also if it has grown since
 */
record PlannedFile(String name, long modifiedUs, long sizeBytes) {}
