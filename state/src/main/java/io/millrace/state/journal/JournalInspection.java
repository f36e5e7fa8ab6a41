package io.millrace.state.journal;

import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What opening a journal would find, without opening it: every frame of every segment is looked at,
 * and nothing is written.
 *
 * @param kinds what the segments were written through
 * @param firstSequence of the oldest record; 0 if there is no segment
 * @param segments one finding per segment, in order, those that a crash left over at the end
 */
public record JournalInspection(
    Set<JournalKind> kinds, long firstSequence, List<FileFinding> segments) {

  /**
   * @param visitor is shown the records that a start would keep, up to the first damage
   * @throws MillraceException if the directory or a file in it cannot be read
   */
  public static JournalInspection of(Storage storage, Path directory, JournalVisitor visitor) {
    return new Inspector(storage, visitor).inspect(SegmentList.of(storage, directory));
  }

  /** Whether there is nothing to lose: no record, and nothing wrong but an unfinished end. */
  public boolean isEmpty() {
    return !isDamaged()
        && segments.stream()
            .allMatch(segment -> segment.records() == 0 && segment.readableRecords() == 0);
  }

  /** Whether a start would refuse the journal. */
  public boolean isDamaged() {
    return segments.stream().anyMatch(FileFinding::isDamaged);
  }

  private static final class Inspector {
    private final Storage storage;
    private final JournalVisitor visitor;
    private final Set<JournalKind> kinds = EnumSet.noneOf(JournalKind.class);
    private final List<FileFinding> findings = new ArrayList<>();

    /** Known as long as nothing is damaged; behind damage each segment stands for itself. */
    private boolean whole = true;

    /** Whether a start deletes all segments that follow. */
    private boolean unfinished;

    private SegmentScan last;

    private long expected;
    private OptionalInt previous = OptionalInt.of(0);

    Inspector(Storage storage, JournalVisitor visitor) {
      this.storage = storage;
      this.visitor = visitor;
    }

    JournalInspection inspect(SegmentList found) {
      List<Segment> segments = found.segments();
      for (int i = 0; i < segments.size(); i++) {
        kinds.add(segments.get(i).isQueue() ? JournalKind.CHRONICLE : JournalKind.FILE);
        if (i == 0 && segments.getFirst().firstSequence() > 0) {
          standAlone(segments.getFirst());
        }
        unfinished = unfinished || endsBefore(segments.subList(i, segments.size()));
        findings.add(
            unfinished
                ? leftOver(segments.get(i))
                : inspect(segments.get(i), segments.subList(i + 1, segments.size())));
        whole = whole && !findings.getLast().isDamaged();
      }
      found.leftOver().forEach(segment -> findings.add(leftOver(segment)));
      return new JournalInspection(kinds, first(found), findings);
    }

    private static long first(SegmentList found) {
      return found.segments().isEmpty() ? 0 : found.segments().getFirst().firstSequence();
    }

    private void standAlone(Segment segment) {
      expected = segment.firstSequence();
      previous = OptionalInt.empty();
    }

    /** Whether records are missing here that may have been lost. */
    private boolean endsBefore(List<Segment> rest) {
      return whole
          && last != null
          && rest.getFirst().firstSequence() != expected
          && Unreached.of(storage, rest).damage(last) == null;
    }

    private FileFinding inspect(Segment segment, List<Segment> later) {
      String gap = null;
      if (expected != segment.firstSequence()) {
        gap = whole ? JournalRecovery.missing(expected, segment) : null;
        whole = whole && gap == null;
        standAlone(segment);
      }
      SegmentBytes bytes = segment.read(storage);
      SegmentScan scan = new SegmentScan(segment.firstSequence(), bytes, previous);
      String damage;
      String problem;
      try {
        scan.run(0, Long.MAX_VALUE, whole ? visitor : record -> {});
        damage = scan.problem() == null ? null : Unreached.of(storage, later).damage(scan);
        problem = damage == null ? scan.problem() : scan.problem() + "; " + damage;
        unfinished = whole && problem != null && damage == null;
      } catch (MillraceException e) {
        if (e.code() != ErrorCode.CHECKPOINT) {
          throw e; // the visitor's, and no word about the journal
        }
        // A newer format.
        damage = e.getMessage();
        problem = damage;
      }
      last = scan;
      expected = scan.nextSequence();
      previous = scan.previous();
      return finding(
          segment, bytes, scan, gap == null ? problem : gap, gap != null || damage != null);
    }

    private FileFinding finding(
        Segment segment, SegmentBytes bytes, SegmentScan scan, String problem, boolean damaged) {
      FileFinding.State sound =
          problem == null ? FileFinding.State.OK : FileFinding.State.UNFINISHED;
      return new FileFinding(
          bytes.file(),
          damaged ? FileFinding.State.DAMAGED : sound,
          scan.nextSequence() - segment.firstSequence(),
          sizeBytes(bytes.file()),
          scan.position(),
          scan.sizeBytes() - scan.validBytes(),
          scan.readableFrames(),
          problem == null ? "" : problem);
    }

    private FileFinding leftOver(Segment segment) {
      long sizeBytes =
          segment.isQueue()
              ? storage.list(segment.path()).stream().mapToLong(StorageEntry::sizeBytes).sum()
              : sizeBytes(segment.path());
      return new FileFinding(
          segment.path(), FileFinding.State.LEFT_OVER, 0, sizeBytes, -1, 0, 0, "");
    }

    private long sizeBytes(Path file) {
      return storage.entry(file).map(StorageEntry::sizeBytes).orElse(0L);
    }
  }
}
