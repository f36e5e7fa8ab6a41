package io.millrace.runtime;

import io.millrace.spi.InputRange;
import io.millrace.spi.RowBatch;
import io.millrace.state.ingest.IngestJournal;
import io.millrace.state.ingest.IngestVisitor;
import io.millrace.state.offsets.Ingested;
import io.millrace.state.offsets.Plan;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes down what a query takes in, batch by batch, before anything follows from it, and tells
 * live sources when that is safe. Belongs to the sequencer's thread, but for {@link #committed}.
 */
final class InputLog implements AutoCloseable {
  private static final String SEPARATOR = "/";

  private final IngestJournal journal;
  private final SourceDriver[] sources;

  /**
   * Per source, how far each sender with a name has come, under the name that it was first seen.
   */
  private final List<Map<String, long[]>> producers = new ArrayList<>();

  private final long committedSequence;
  private final boolean eager;
  private boolean unsafe;
  private volatile long committedBytes;

  /**
   * @param journal owned from now on
   * @param committed how far the last commit has come
   * @param eager whether every piece is made safe at once, since what follows from it cannot be
   *     kept back
   */
  InputLog(IngestJournal journal, List<SourceDriver> sources, Ingested committed, boolean eager) {
    this.journal = journal;
    this.eager = eager;
    this.sources = sources.toArray(SourceDriver[]::new);
    this.committedSequence = committed.sequence();
    sources.forEach(source -> producers.add(new IdentityHashMap<>()));
    committed.producers().forEach(this::restore);
  }

  /** Columns of what is written down: of each source's rows, then of what each source rejects. */
  static List<Schema> inputs(List<SourceDriver> sources) {
    Stream<Schema> rows = sources.stream().map(SourceDriver::schema);
    return Stream.concat(rows, sources.stream().map(source -> RejectRecorder.SCHEMA)).toList();
  }

  private void restore(String name, long sequence) {
    int separator = name.indexOf(SEPARATOR);
    int source = Integer.parseInt(name.substring(0, separator));
    sent(source, name.substring(separator + 1), sequence);
  }

  private void sent(int source, String producer, long last) {
    String name = producer.intern(); // few, and live as long as the application means them
    Map<String, long[]> known = producers.get(source);
    known.computeIfAbsent(name, unseen -> new long[1])[0] = last;
  }

  /**
   * Tells the sources of all that was taken in and not committed, before anything else is; it is
   * safe from now on.
   */
  void restore() {
    journal.force();
    replay(new Restoring());
    for (SourceDriver source : sources) {
      if (source.isLive()) {
        producers
            .get(source.index())
            .forEach((producer, last) -> source.live().restore(producer, last[0]));
      }
    }
  }

  private final class Restoring implements IngestVisitor {
    @Override
    public void batch(long sequence, long epoch, long arrivalTimeUs) {}

    @Override
    public void rows(int input, String producer, long firstSequence, Block rows) {
      if (!producer.isEmpty()) {
        sent(input, producer, firstSequence + rows.rowCount() - 1);
      }
    }

    @Override
    public void range(int input, String range) {
      sources[input].restore(InputRangeText.parse(range));
    }
  }

  /** Shows what was taken in and not committed. */
  void replay(IngestVisitor visitor) {
    journal.replay(committedSequence, visitor);
  }

  /** Fails if the input of an epoch that an earlier run planned is not there to its end. */
  void requireInputOf(Plan planned) {
    planned.ingestEnd().ifPresent(end -> journal.requireBefore(end, planned.epoch()));
  }

  /** Where what was taken in and not committed began when the query started. */
  long committedSequence() {
    return committedSequence;
  }

  /** Whether anything is there that is not committed; asked before anything is taken in. */
  boolean hasUncommitted() {
    return committedSequence < journal.nextSequence();
  }

  /** What is written next begins a batch. */
  void beginBatch(long epoch, long arrivalTimeUs) {
    journal.batch(epoch, arrivalTimeUs);
  }

  /** Rows that a live source lends; allocates nothing once a sender is known. */
  void rows(SourceDriver source, RowBatch rows) {
    unsafe = true;
    String producer = rows.producer();
    journal.rows(
        source.index(),
        producer,
        producer == null ? 0 : rows.firstSequence(),
        rows.block(),
        rows.from(),
        rows.to());
    if (producer != null) {
      noteSent(source.index(), producer, rows.firstSequence() + rows.size() - 1);
    }
    secureIfEager();
  }

  /** What a live source rejected: an input of its own, behind all sources. */
  void rejects(SourceDriver source, RowBatch rejects) {
    unsafe = true;
    journal.rows(
        sources.length + source.index(), null, 0, rejects.block(), rejects.from(), rejects.to());
    secureIfEager();
  }

  private void secureIfEager() {
    if (eager) {
      secure();
    }
  }

  private void noteSent(int source, String producer, long last) {
    long[] known = producers.get(source).get(producer);
    if (known != null) {
      known[0] = last;
    } else {
      sent(source, producer, last);
    }
  }

  void range(SourceDriver source, InputRange range) {
    unsafe = true;
    journal.range(source.index(), InputRangeText.of(range));
    secureIfEager();
  }

  /** A batch without input. */
  void nothing() {
    unsafe = true;
    journal.nothing();
    secureIfEager();
  }

  /** The same, unless something was written since the batch began. */
  void nothingIfEmpty() {
    if (journal.isBeginning()) {
      nothing();
    }
  }

  /**
   * Makes all that was written as safe as the durability says, and tells the live sources. What
   * follows from it may leave the query then.
   */
  void secure() {
    if (unsafe) {
      journal.force();
      unsafe = false;
      for (SourceDriver source : sources) {
        if (source.isLive()) {
          source.live().safe();
        }
      }
    }
  }

  /** Where the query has come to, for the epoch that ends here. */
  Ingested position() {
    return positionAt(journal.nextSequence());
  }

  /** The same for an epoch that ended before that record. */
  Ingested positionAt(long sequence) {
    Map<String, Long> last = new HashMap<>();
    for (int i = 0; i < sources.length; i++) {
      String prefix = i + SEPARATOR;
      producers.get(i).forEach((producer, row) -> last.put(prefix + producer, row[0]));
    }
    return new Ingested(sequence, last);
  }

  /** Bytes of what was taken in since the query started. */
  long takenBytes() {
    return journal.writtenBytes();
  }

  /** Bytes of what was taken in and not committed. */
  long uncommittedBytes() {
    return journal.writtenBytes() - committedBytes;
  }

  /**
   * An epoch that ended there is committed; on any thread.
   *
   * @param bytes what {@link #takenBytes} were then
   */
  void committed(Ingested position, long bytes) {
    committedBytes = bytes;
    journal.dropBefore(position.sequence());
  }

  @Override
  public void close() {
    journal.close();
  }
}
