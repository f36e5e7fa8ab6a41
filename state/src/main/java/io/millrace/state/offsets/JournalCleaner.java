package io.millrace.state.offsets;

import io.millrace.state.journal.Journal;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps the offsets journal short: when plans and commits take more than the sources' memory, a new
 * memory is written, and all before the plan that was the newest then may go. The work is spread
 * over epochs in proportion to what they write themselves, so none is slow because of it, and the
 * journal stays within a small multiple of the memory and the segments.
 *
 * <p>What a memory stands for goes only when the memory is safe, which a step leaves to the next
 * epoch's force. A memory that a crash cut short is garbage.
 */
final class JournalCleaner {
  /** Roughly what a record takes beside its payload. */
  private static final int RECORD_BYTES = 64;

  private static final int GARBAGE_SEGMENTS = 4;

  /** A step writes this part of a segment, or twice what the epoch itself wrote if that is more. */
  private static final int STEPS_PER_SEGMENT = 16;

  private final Journal journal;
  private final long segmentBytes;
  private final MemoryPieces memory;
  private final ArrayDeque<Long> marks = new ArrayDeque<>();
  private long sinceMark;
  private long newestPlan;
  private long garbageBytes;
  private long sinceMemoryBytes;
  private long sinceStepBytes;
  private boolean overdue;
  private Iterator<List<String>> pieces;
  private long before;
  private int piece;

  /**
   * @param segmentBytes of the journal
   * @param memory what the journal holds, as far as {@link #noted} was told
   */
  JournalCleaner(Journal journal, long segmentBytes, MemoryPieces memory) {
    this.journal = journal;
    this.segmentBytes = segmentBytes;
    this.memory = memory;
  }

  /** Takes note of a plan that stands in the journal. */
  void notedPlan(long sequence, int payloadBytes) {
    newestPlan = sequence;
    notedCommit(sequence, payloadBytes);
  }

  /** Takes note of a commit that stands in the journal. */
  void notedCommit(long sequence, int payloadBytes) {
    long bytes = mark(sequence, payloadBytes);
    garbageBytes += bytes;
    sinceMemoryBytes += bytes;
    sinceStepBytes += bytes;
  }

  /** Takes note of a piece of memory that stands in the journal. */
  void noted(long sequence, Memory noted, int payloadBytes) {
    long bytes = mark(sequence, payloadBytes);
    if (noted.piece() == 0) {
      garbageBytes += memory.unfinishedBytes();
      sinceMemoryBytes = 0;
    }
    memory.add(noted, bytes);
    if (noted.last()) {
      garbageBytes = sinceMemoryBytes;
    }
  }

  /** Remembers a place per segment, so that the journal can drop one at a time. */
  private long mark(long sequence, int payloadBytes) {
    long bytes = (long) RECORD_BYTES + payloadBytes;
    sinceMark += bytes;
    if (sinceMark >= segmentBytes) {
      marks.add(sequence + 1);
      sinceMark = 0;
    }
    return bytes;
  }

  /** All records of an earlier run are noted; what it left overdue, the first step does whole. */
  void recovered() {
    garbageBytes += memory.unfinishedBytes();
    overdue = isDue();
    sinceStepBytes = 0;
  }

  private boolean isDue() {
    return garbageBytes > Math.max(GARBAGE_SEGMENTS * segmentBytes, memory.wholeBytes());
  }

  /**
   * Does a little, if anything is to be done. The last record but for memory is a commit.
   *
   * @param epoch the committed one
   * @param remember what to write, in pieces of ranges; asked for when a memory begins and then
   *     piece by piece
   */
  void step(long epoch, Supplier<Iterator<List<String>>> remember) {
    dropMark();
    if (pieces == null && isDue()) {
      pieces = remember.get();
      before = newestPlan;
      piece = 0;
    }
    if (pieces != null) {
      write(
          epoch,
          overdue
              ? Long.MAX_VALUE
              : Math.max(segmentBytes / STEPS_PER_SEGMENT, 2 * sinceStepBytes));
    }
    if (overdue) {
      overdue = false;
      while (dropMark()) {}
    }
    sinceStepBytes = 0;
  }

  private void write(long epoch, long limitBytes) {
    Iterator<List<String>> writing = pieces;
    pieces = null; // if this fails, another memory begins
    boolean more = true;
    for (long bytes = 0; more && bytes < limitBytes; ) {
      List<String> ranges = writing.hasNext() ? writing.next() : List.of();
      more = writing.hasNext();
      Memory next = new Memory(epoch, before, piece++, !more, ranges);
      ByteBuffer payload = EpochFormat.encode(next);
      noted(journal.append(EpochFormat.MEMORY, epoch, payload), next, payload.remaining());
      bytes += payload.remaining();
    }
    if (more) {
      pieces = writing;
    }
  }

  private boolean dropMark() {
    if (marks.isEmpty() || marks.peekFirst() > memory.wholeBefore()) {
      return false;
    }
    journal.force(); // nothing to do behind a commit
    journal.dropBefore(marks.removeFirst());
    return true;
  }
}
