package io.millrace.state.storage;

import java.nio.file.Path;

/**
 * A file or directory as one look at it found it. Symbolic links are followed.
 *
 * @param path the path that was asked for, or the listed directory's path with the name behind it
 * @param sizeBytes the file's length; meaningless for a directory
 * @param modifiedUs last modification in microseconds since 1970, UTC
 */
public record StorageEntry(Path path, boolean directory, long sizeBytes, long modifiedUs) {}
