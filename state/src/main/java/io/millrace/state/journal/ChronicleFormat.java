package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.DurableSteps;
import io.millrace.state.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Segments that are written through Chronicle Queue's mapped memory. */
final class ChronicleFormat implements SegmentFormat {
  private static final int MIN_BLOCK_BYTES = 64 << 10;

  /** The part of a block that one excerpt may have. */
  private static final int BLOCK_PARTS = 8;

  private final int blockBytes;
  private final ByteBuffer chunk;

  ChronicleFormat(JournalOptions options) {
    long bytes = Math.max(options.segmentBytes(), MIN_BLOCK_BYTES);
    long blocks = (bytes + MIN_BLOCK_BYTES - 1) / MIN_BLOCK_BYTES;
    this.blockBytes = Math.toIntExact(blocks * MIN_BLOCK_BYTES);
    this.chunk = ByteBuffer.allocateDirect(blockBytes / BLOCK_PARTS);
  }

  @Override
  public Segment segment(Path directory, long firstSequence) {
    return Segment.queue(directory, firstSequence);
  }

  @Override
  public SegmentWriter create(Segment segment, Storage storage, CrashPoints points) {
    storage.createDirectories(segment.path());
    storage.list(segment.path()).forEach(file -> DurableSteps.delete(storage, points, file.path()));
    return ChronicleSegmentWriter.open(segment.path(), storage, points, blockBytes, chunk);
  }

  /**
   * Copies the frames into a queue of its own, since one that was open when the process died is
   * nothing that Chronicle could go on with. Until the plain file is gone, it counts.
   */
  @Override
  public Resumed resume(Segment last, SegmentBytes bytes, Storage storage, CrashPoints points) {
    Segment queue = segment(last.path().getParent(), last.firstSequence());
    SegmentWriter writer = create(queue, storage, points);
    try {
      queue.forceName(storage, points);
      ByteBuffer frames = bytes.frames().duplicate();
      points.reached(CrashPoint.BEFORE_FILE_WRITE);
      writer.write(0, frames, ByteBuffer.allocate(0));
      points.reached(CrashPoint.AFTER_FILE_WRITE);
      points.reached(CrashPoint.BEFORE_FORCE);
      writer.force();
      points.reached(CrashPoint.AFTER_FORCE);
      last.delete(storage, points);
      return new Resumed(queue, writer);
    } catch (RuntimeException | Error e) {
      writer.close();
      throw e;
    }
  }
}
