package io.millrace.state.journal;

import io.millrace.state.storage.Storage;
import java.util.List;
import java.util.OptionalInt;

/**
 * Segments that the records before them do not reach, since one of those is missing or torn.
 *
 * @param forcedThrough the highest that any readable frame says; -1 if none does
 * @param readableFrames whole frames
 * @param sizeBytes of all frames, whole or not
 */
record Unreached(List<Segment> segments, long forcedThrough, int readableFrames, int sizeBytes) {
  static Unreached of(Storage storage, List<Segment> segments) {
    long forcedThrough = -1;
    int frames = 0;
    int sizeBytes = 0;
    for (Segment segment : segments) {
      long first = segment.firstSequence();
      SegmentScan scan =
          new SegmentScan(first, segment.read(storage), OptionalInt.empty())
              .run(0, Long.MAX_VALUE, record -> {});
      forcedThrough = Math.max(forcedThrough, scan.forcedThrough());
      frames += (int) (scan.nextSequence() - first) + scan.readableFrames();
      sizeBytes += scan.sizeBytes();
    }
    return new Unreached(segments, forcedThrough, frames, sizeBytes);
  }

  /**
   * Why no crash explains that a scan ends where it does; null if it came to the end of all there
   * is, or to an unfinished write. Segments may follow on one: only with {@link Durability#DISK} is
   * each forced before the next is made. But each frame says what was forced before it.
   */
  String damage(SegmentScan scan) {
    long forced = Math.max(scan.forcedThrough(), forcedThrough);
    if (forced < scan.nextSequence()) {
      return null;
    }
    return segments.isEmpty()
        ? "records up to " + forced + " had been made safe"
        : "a later file follows";
  }
}
