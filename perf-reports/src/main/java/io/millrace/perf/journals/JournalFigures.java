package io.millrace.perf.journals;

import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import io.millrace.perf.process.ChildJvm;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All that was measured of journals, as it is published. */
public record JournalFigures(
    String date,
    Commit commit,
    Machine machine,
    List<AppendCost.Figures> appends,
    List<EpochRate.Figures> epochs,
    List<Growth.Figures> growth) {
  private static final int[] PAYLOADS = {200, 4096};

  /**
   * Measures everything, each in a JVM of its own, the kinds in turn.
   *
   * @param runs of each
   */
  public static JournalFigures measure(int runs, Path home, Path work) {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    List<AppendCost.Figures> appends = new ArrayList<>();
    List<EpochRate.Figures> epochs = new ArrayList<>();
    List<Growth.Figures> growth = new ArrayList<>();
    String folder = work.resolve("journal").toString();
    for (int run = 0; run < runs; run++) {
      for (String durability : List.of("DISK", "PROCESS")) {
        for (String kind : List.of("CHRONICLE", "FILE")) {
          for (int payload : PAYLOADS) {
            appends.add(
                said(
                    "appends of " + payload + " bytes, " + kind + ", " + durability,
                    () ->
                        ChildJvm.run(
                            AppendCost.class,
                            AppendCost.Figures.class,
                            work,
                            List.of(folder, kind, durability, Integer.toString(payload)))));
          }
          epochs.add(
              said(
                  "epochs, " + kind + ", " + durability,
                  () ->
                      ChildJvm.run(
                          EpochRate.class,
                          EpochRate.Figures.class,
                          work,
                          List.of(folder, kind, durability))));
        }
      }
    }
    for (String kind : List.of("CHRONICLE", "FILE")) {
      growth.add(
          said(
              "a million epochs, " + kind,
              () -> ChildJvm.run(Growth.class, Growth.Figures.class, work, List.of(folder, kind))));
    }
    return new JournalFigures(date, Commit.of(home), Machine.here(), appends, epochs, growth);
  }

  private static <T> T said(String what, Supplier<T> measurement) {
    System.err.println("measuring: " + what);
    return measurement.get();
  }
}
