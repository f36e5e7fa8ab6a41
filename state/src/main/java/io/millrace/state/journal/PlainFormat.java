package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Segments that are plain files. */
final class PlainFormat implements SegmentFormat {
  private static final int BUFFER_BYTES = 64 << 10;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  @Override
  public Segment segment(Path directory, long firstSequence) {
    return Segment.plain(directory, firstSequence);
  }

  @Override
  public SegmentWriter create(Segment segment, Storage storage, CrashPoints points) {
    return PlainSegmentWriter.create(segment, storage, buffer);
  }

  @Override
  public Resumed resume(Segment last, SegmentBytes bytes, Storage storage, CrashPoints points) {
    return new Resumed(last, PlainSegmentWriter.open(last, storage, buffer));
  }
}
