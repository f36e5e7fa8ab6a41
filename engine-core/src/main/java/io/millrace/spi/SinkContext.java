package io.millrace.spi;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.types.Schema;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What a sink is opened with.
 *
 * @param queryName for tables and messages; may be empty
 * @param partitionBy columns whose values name sub-folders
 * @param durable whether a commit must survive a power cut
 */
public record SinkContext(
    UUID queryId,
    String queryName,
    Schema schema,
    Options options,
    List<String> partitionBy,
    boolean durable,
    BufferAllocator allocator,
    Storage storage,
    CrashPoints crashPoints,
    Clock clock) {
  public SinkContext {
    partitionBy = List.copyOf(partitionBy);
  }
}
