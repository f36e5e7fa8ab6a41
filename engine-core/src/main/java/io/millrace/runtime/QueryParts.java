package io.millrace.runtime;

import io.millrace.physical.Closing;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Everything a running query owns, to be given back in reverse.
 *
 * @param threads all but the caller's
 * @param committer of epochs, if it is a thread of its own
 * @param space what waits for it is stopped first
 * @param description lines of the plan, for explain
 */
record QueryParts(
    QueryThreads threads,
    Sequencer sequencer,
    SinkDriver sink,
    EpochLog log,
    Optional<Committer> committer,
    DiskSpace space,
    BufferAllocator allocator,
    String description,
    String guarantee)
    implements AutoCloseable {

  List<SourceDriver> sources() {
    return sequencer.sources();
  }

  /** Tells the live sources why the query ends, for who waits for it to take rows in. */
  void failed(Throwable cause) {
    sources().stream().filter(SourceDriver::isLive).forEach(source -> source.live().failed(cause));
  }

  /**
   * @throws MillraceException with code BUG if memory was not given back
   */
  @Override
  public void close() {
    Closing closing = new Closing();
    closing.close(space);
    committer.ifPresent(closing::close);
    closing.close(sequencer.transport());
    closing.close(sink);
    sources().forEach(closing::close);
    closing.close(sequencer.input());
    closing.close(log);
    long leaked = allocator.getAllocatedMemory();
    if (leaked > 0) {
      closing.failed(
          new MillraceException(
              ErrorCode.BUG,
              "allocator " + allocator.getName() + ": " + leaked + " bytes were not given back"));
    } else {
      closing.close(allocator);
    }
    closing.throwFirst();
  }
}
