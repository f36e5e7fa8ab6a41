package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import java.nio.file.Path;

/** What a journal makes its new segments of. */
interface SegmentFormat {
  /** The segment that a new one would be. */
  Segment segment(Path directory, long firstSequence);

  /** Makes a segment, empty; it survives a power cut after {@link Segment#forceName}. */
  SegmentWriter create(Segment segment, Storage storage, CrashPoints points);

  /**
   * Goes on in the last segment, which is a plain file or one of this format, verified.
   *
   * @param frames that count; they may have to be copied
   * @return the writer and the segment that it writes, with the same first sequence
   */
  Resumed resume(Segment last, SegmentBytes frames, Storage storage, CrashPoints points);

  record Resumed(Segment segment, SegmentWriter writer) {}
}
