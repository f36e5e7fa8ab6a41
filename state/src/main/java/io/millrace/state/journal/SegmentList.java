package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments that a directory holds. A crash while one is copied leaves two with the same first
 * sequence: a plain file with something in it is a whole, forced copy and counts, else the queue. A
 * queue without a file was being made when its process died, and does not count.
 *
 * @param segments in order, one per first sequence; other files are none of the journal's business
 * @param leftOver those that do not count
 */
record SegmentList(List<Segment> segments, List<Segment> leftOver) {

  /** Reads only. */
  static SegmentList of(Storage storage, Path directory) {
    List<Segment> segments = new ArrayList<>();
    List<Segment> leftOver = new ArrayList<>();
    for (StorageEntry entry : storage.list(directory)) {
      if (!Segment.isSegment(entry.path())) {
        continue;
      }
      Segment next = Segment.of(entry.path());
      Segment before = segments.isEmpty() ? null : segments.getLast();
      if (next.isQueue() && !QueueReader.hasData(storage, next.path())) {
        leftOver.add(next);
      } else if (before == null || before.firstSequence() != next.firstSequence()) {
        segments.add(next);
      } else if (before.isEmpty(storage)) { // the names' order puts the plain file first
        segments.set(segments.size() - 1, next);
        leftOver.add(before);
      } else {
        leftOver.add(next);
      }
    }
    return new SegmentList(segments, leftOver);
  }

  void deleteLeftOver(Storage storage, CrashPoints points) {
    leftOver.forEach(segment -> segment.delete(storage, points));
  }
}
