package io.millrace.state.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What a segment's file holds: its frames, one behind the other, and where they stand in the file.
 *
 * @param file that was read
 * @param frames big-endian; what could not be understood stands behind them as it was found
 * @param starts per stretch of frames where it starts in {@code frames}, then where it starts in
 *     the file; ascending
 */
record SegmentBytes(Path file, ByteBuffer frames, int[] starts) {
  static SegmentBytes plain(Path file, ByteBuffer frames) {
    return new SegmentBytes(file, frames, new int[] {0, 0});
  }

  /** Where in the file the byte stands that has this place among the frames. */
  long position(int at) {
    int i = 0;
    while (i + 2 < starts.length && starts[i + 2] <= at) {
      i += 2;
    }
    return starts.length == 0 ? at : (long) starts[i + 1] + at - starts[i];
  }
}
