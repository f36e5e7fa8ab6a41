package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A journal as a directory of segments. Two kinds differ in what they write to only; each goes on
 * with what the other one wrote.
 */
final class SegmentedJournal implements Journal {
  /** Of full segments that are not finished, whose files are open; then an append does it. */
  private static final int MAX_FULL = 64;

  private final Path directory;
  private final Storage storage;
  private final CrashPoints points;
  private final JournalOptions options;
  private final RecoveryReport recovery;
  private final SegmentFormat format;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer header = ByteBuffer.allocateDirect(Frame.HEADER_BYTES);

  /**
   * Held while a file is forced or closed, and while another one becomes active where that forces,
   * too; never while one is appended to.
   */
  private final Object forcing = new Object();

  /** Full segments that are neither forced nor closed. */
  private final Queue<Full> full = new ConcurrentLinkedQueue<>();

  /** Replaced as a whole, so that other threads can look; by one thread at a time. */
  private volatile List<Segment> segments;

  private volatile SegmentWriter active;
  private long position;
  private long segmentBytes;
  private int previous;

  /** Whether an append that failed may have left something behind the last frame. */
  private boolean torn;

  private volatile long nextSequence;
  private volatile long forcedThrough;
  private volatile Throwable failure;
  private volatile boolean closed;

  /**
   * Opens or creates a journal. The caller sees to it that nobody else has it open.
   *
   * @throws MillraceException {@code CHECKPOINT} if records that were safe are damaged
   */
  static SegmentedJournal open(
      Path directory, Storage storage, JournalOptions options, CrashPoints points) {
    storage.createDirectories(directory);
    SegmentList found = SegmentList.of(storage, directory);
    found.deleteLeftOver(storage, points);
    return found.segments().isEmpty()
        ? new SegmentedJournal(directory, storage, options, points)
        : new SegmentedJournal(directory, storage, options, points, found.segments());
  }

  /** A new journal. */
  private SegmentedJournal(
      Path directory, Storage storage, JournalOptions options, CrashPoints points) {
    this.directory = directory;
    this.format = options.kind().format(options);
    this.storage = storage;
    this.points = points;
    this.options = options;
    this.segmentBytes = options.segmentBytes();
    this.segments = List.of(format.segment(directory, 0));
    this.recovery = new RecoveryReport(directory, 0, 0, Optional.empty());
    this.forcedThrough = -1;
    this.active = create(segments.getFirst(), true);
  }

  private SegmentWriter create(Segment segment, boolean forced) {
    SegmentWriter writer = format.create(segment, storage, points);
    try {
      if (forced) {
        segment.forceName(storage, points);
      }
      return writer;
    } catch (RuntimeException | Error e) {
      writer.close();
      throw e;
    }
  }

  /** A journal that is there. */
  private SegmentedJournal(
      Path directory,
      Storage storage,
      JournalOptions options,
      CrashPoints points,
      List<Segment> segments) {
    this.directory = directory;
    this.format = options.kind().format(options);
    this.storage = storage;
    this.points = points;
    this.options = options;
    this.segmentBytes = options.segmentBytes();
    JournalRecovery found =
        JournalRecovery.run(storage, points, directory, options.durability(), segments);
    this.segments = found.segments();
    this.recovery = found.report();
    this.nextSequence = recovery.nextSequence();
    this.forcedThrough = found.forcedThrough();
    this.previous = found.previous().orElse(0);
    resume(found.segments().getLast(), found.bytes());
  }

  private void resume(Segment last, SegmentBytes bytes) {
    SegmentFormat.Resumed resumed = format.resume(last, bytes, storage, points);
    change(known -> known.set(known.size() - 1, resumed.segment()));
    active = resumed.writer();
    position = bytes.frames().limit();
  }

  @Override
  public long append(int type, long epoch, ByteBuffer payload) {
    assert type >= 0 && type <= Byte.MAX_VALUE : "a type has seven bits";
    requireUsable();
    int length = payload.remaining();
    if (length > MAX_PAYLOAD_BYTES) {
      throw new MillraceException(
          ErrorCode.RESOURCES,
          directory
              + ": a record of "
              + length
              + " bytes exceeds the limit of "
              + MAX_PAYLOAD_BYTES
              + "; make the epochs smaller, such as by maxFilesPerTrigger");
    }
    points.reached(CrashPoint.BEFORE_APPEND);
    if (position > 0 && position + Frame.HEADER_BYTES + length > segmentBytes) {
      roll();
      segmentBytes = Math.min(2 * segmentBytes, options.mostSegmentBytes());
    }
    long sequence = nextSequence;
    torn = true;
    previous = write(type, sequence, epoch, payload);
    torn = false;
    position += Frame.HEADER_BYTES + length;
    nextSequence = sequence + 1;
    points.reached(CrashPoint.AFTER_APPEND);
    return sequence;
  }

  private int write(int type, long sequence, long epoch, ByteBuffer payload) {
    int start = payload.position();
    try {
      int payloadChecksum = Frame.checksum(payload, crc);
      payload.position(start);
      header.clear();
      int checksum =
          Frame.putHeader(
              header,
              type,
              sequence,
              epoch,
              forcedThrough,
              payload.remaining(),
              payloadChecksum,
              previous,
              crc);
      active.write(position, header, payload);
      return checksum;
    } finally {
      payload.position(start);
    }
  }

  /** Another thread may drop segments meanwhile. */
  private synchronized void change(Consumer<List<Segment>> step) {
    List<Segment> changed = new ArrayList<>(segments);
    step.accept(changed);
    segments = List.copyOf(changed);
  }

  /**
   * A segment that nobody appends to any more.
   *
   * @param position how many bytes count; what an append that failed left behind them goes away
   */
  private record Full(SegmentWriter writer, Segment segment, long position, long lastSequence) {}

  /** Goes on in a new segment. Whether the old one is safe by then is up to the durability. */
  private void roll() {
    Segment next = format.segment(directory, nextSequence);
    Full old = new Full(active, segments.getLast(), position, nextSequence - 1);
    if (options.durability() == Durability.DISK) {
      synchronized (forcing) {
        old.writer().seal(position);
        orFail(this::forceActive);
        goOn(next, create(next, true));
        old.writer().close();
      }
    } else {
      if (torn) {
        old.writer().seal(position);
      }
      SegmentWriter writer = create(next, false);
      full.add(old); // before anybody can see that there is another one
      goOn(next, writer);
      if (full.size() > MAX_FULL) {
        finishFull();
      }
    }
  }

  private void goOn(Segment next, SegmentWriter writer) {
    change(known -> known.add(next));
    active = writer;
    position = 0;
  }

  /** Forces what is full and closes it. */
  private void finishFull() {
    synchronized (forcing) {
      for (Full next = full.peek(); next != null; next = full.peek()) {
        Full old = next;
        orFail(() -> finish(old));
        full.remove();
        old.writer().close();
      }
    }
  }

  private void finish(Full old) {
    old.writer().seal(old.position());
    points.reached(CrashPoint.BEFORE_FORCE);
    old.writer().force();
    points.reached(CrashPoint.AFTER_FORCE);
    old.segment().forceName(storage, points);
    forcedThrough = old.lastSequence();
  }

  @Override
  public void force() {
    requireUsable();
    if (options.durability() == Durability.PROCESS) {
      return;
    }
    synchronized (forcing) {
      requireUsable();
      if (forcedThrough < nextSequence - 1) {
        orFail(this::forceActive);
      }
    }
  }

  private void forceActive() {
    long through = nextSequence - 1;
    points.reached(CrashPoint.BEFORE_FORCE);
    active.force();
    points.reached(CrashPoint.AFTER_FORCE);
    forcedThrough = through;
  }

  @Override
  public void replay(long fromSequence, JournalVisitor visitor) {
    requireUsable();
    List<Segment> known = segments;
    for (int i = 0; i < known.size(); i++) {
      long end = i + 1 < known.size() ? known.get(i + 1).firstSequence() : nextSequence;
      if (end > fromSequence) {
        scan(known.get(i), fromSequence, end - 1, visitor);
      }
    }
  }

  @Override
  public void replayBackwards(long fromSequence, long downToSequence, JournalVisitor visitor) {
    requireUsable();
    List<JournalRecord> records = new ArrayList<>();
    long through = fromSequence;
    for (Segment segment : segments.reversed()) {
      if (through >= downToSequence && segment.firstSequence() <= through) {
        scan(segment, downToSequence, through, records::add);
        records.reversed().forEach(visitor::record);
        records.clear();
        through = segment.firstSequence() - 1;
      }
    }
  }

  private void scan(Segment segment, long from, long through, JournalVisitor visitor) {
    SegmentScan scan =
        new SegmentScan(segment.firstSequence(), segment.read(storage), OptionalInt.empty());
    scan.run(from, through, visitor);
    if (scan.problem() != null || scan.nextSequence() != through + 1) {
      throw scan.damage("it was right when the journal was opened");
    }
  }

  @Override
  public void truncateAfter(long sequence) {
    requireUsable();
    if (sequence < firstSequence() - 1) {
      throw new MillraceException(
          ErrorCode.BUG,
          directory
              + ": cannot cut after record "
              + sequence
              + ", the first is "
              + firstSequence());
    }
    if (sequence < nextSequence - 1) {
      orFail(() -> cutAfter(sequence));
    }
  }

  private void cutAfter(long sequence) {
    finishFull();
    synchronized (forcing) {
      active.close();
      while (segments.size() > 1 && segments.getLast().firstSequence() > sequence) {
        segments.getLast().delete(storage, points);
        change(List::removeLast);
      }
      Segment last = segments.getLast();
      SegmentBytes bytes = last.read(storage);
      SegmentScan kept = new SegmentScan(last.firstSequence(), bytes, OptionalInt.empty());
      kept.run(sequence, sequence, record -> {});
      if (kept.nextSequence() != sequence + 1) {
        throw kept.damage("it was right when the journal was opened");
      }
      Segment copy = last.rewrite(storage, points, bytes.frames(), kept.validBytes());
      resume(copy, SegmentBytes.plain(copy.path(), bytes.frames().slice(0, kept.validBytes())));
      previous = kept.previous().orElse(0);
      nextSequence = sequence + 1;
      forcedThrough = sequence;
    }
  }

  @Override
  public void dropBefore(long sequence) {
    requireUsable();
    List<Segment> known = segments; // all but the last of these are full, if not finished
    finishFull();
    for (int i = 0; i + 1 < known.size() && known.get(i + 1).firstSequence() <= sequence; i++) {
      known.get(i).delete(storage, points);
      change(List::removeFirst);
    }
  }

  @Override
  public long firstSequence() {
    return segments.getFirst().firstSequence();
  }

  @Override
  public long nextSequence() {
    return nextSequence;
  }

  @Override
  public RecoveryReport recovery() {
    return recovery;
  }

  @Override
  public void close() {
    synchronized (forcing) {
      if (!closed) {
        closed = true;
        active.close();
        full.forEach(old -> old.writer().close());
      }
    }
  }

  private void requireUsable() {
    if (closed) {
      throw new MillraceException(ErrorCode.BUG, directory + ": the journal is closed");
    }
    if (failure != null) {
      throw new MillraceException(
          ErrorCode.RESOURCES,
          directory
              + ": not used any more since a write failed ("
              + failure.getMessage()
              + "); mend that and start again",
          failure);
    }
  }

  /** Nobody knows what a failed step left on the disk; only opening again finds out. */
  private void orFail(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }
}
