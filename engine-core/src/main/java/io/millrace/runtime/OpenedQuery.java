package io.millrace.runtime;

import io.millrace.StreamSpec;
import io.millrace.physical.PhysicalPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What was opened for a query that is about to start.
 *
 * @param checkpoint empty if the query has none
 * @param space of the disks that it writes to
 * @param allocator of all its memory
 */
record OpenedQuery(
    StreamRequest request,
    PhysicalPlan plan,
    EventTimeRules rules,
    QueryIdentity identity,
    List<SourceDriver> sources,
    SinkDriver sink,
    Optional<CheckpointLog> checkpoint,
    DiskSpace space,
    String guarantee,
    BufferAllocator allocator) {
  StreamSpec spec() {
    return request.spec();
  }

  /** Where epochs are written down, if they are. */
  EpochLog log() {
    return checkpoint.isPresent() ? checkpoint.get() : EpochLog.NONE;
  }

  /** The checkpoint's directory, if there is one. */
  Optional<Path> location() {
    return spec().checkpointLocation().map(Path::of);
  }

  boolean hasLiveInput() {
    return sources.stream().anyMatch(SourceDriver::isLive);
  }
}
