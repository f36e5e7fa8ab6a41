package io.millrace.perf.journals;

import io.millrace.perf.pace.Percentiles;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import io.millrace.state.journal.Durability;
import io.millrace.state.journal.Journal;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.journal.Journals;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** Appends to a journal, one after the other, and appends that are made safe each. */
public final class AppendCost {
  private static final int WARM_UP = 50_000;
  private static final int APPENDS = 300_000;
  private static final int COMMITS = 3_000;
  private static final int DROP_EVERY = 10_000;

  /**
   * @param payloadBytes of a record
   * @param append ns per append
   * @param commit ns per append and force
   */
  public record Figures(
      JournalKind kind,
      Durability durability,
      int payloadBytes,
      Percentiles append,
      Percentiles commit) {}

  private AppendCost() {}

  /** Arguments: the file for the figures, an empty folder, kind, durability, bytes of a payload. */
  public static void main(String[] arguments) {
    JournalKind kind = JournalKind.valueOf(arguments[2]);
    Durability durability = Durability.valueOf(arguments[3]);
    byte[] payload = new byte[Integer.parseInt(arguments[4])];
    new Random(1).nextBytes(payload);
    ByteBuffer record = ByteBuffer.allocateDirect(payload.length).put(payload).flip();
    Path folder = Folder.fresh(Path.of(arguments[1]));
    try (Journal journal =
        Journals.open(
            folder, new LocalStorage(), new JournalOptions(kind, durability), CrashPoints.NONE)) {
      appends(journal, record, WARM_UP, false);
      Histogram append = appends(journal, record, APPENDS, false);
      appends(journal, record, COMMITS / 10, true);
      Histogram commit = appends(journal, record, COMMITS, true);
      JsonFile.write(
          Path.of(arguments[0]),
          new Figures(
              kind, durability, payload.length, Percentiles.of(append), Percentiles.of(commit)));
    }
    Folder.delete(folder);
  }

  private static Histogram appends(Journal journal, ByteBuffer record, int count, boolean force) {
    Histogram ns = new Histogram(3);
    for (int i = 0; i < count; i++) {
      long startNs = System.nanoTime();
      journal.append(1, i, record);
      if (force) {
        journal.force();
      }
      ns.recordValue(System.nanoTime() - startNs);
      if (i % DROP_EVERY == 0) {
        journal.dropBefore(journal.nextSequence());
      }
    }
    return ns;
  }
}
