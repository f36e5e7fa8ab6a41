package io.millrace.perf.bench;

import io.millrace.perf.job.Windows;
import java.util.Arrays;
import java.util.List;

/** What is run on every engine. A new one needs a line here, and its query in each program. */
public enum Workload {
  W1("W1", "alerts: filter and project", 1, false),
  W1_CHECKPOINT("W1", "alerts: filter and project", 1, true),
  W2_SECOND("W2-1s", "windows of 1 second by device", 4, false),
  W2_SECOND_CHECKPOINT("W2-1s", "windows of 1 second by device", 4, true),
  W2_MINUTE("W2-1m", "windows of 1 minute by device", 4, false),
  W2_MINUTE_CHECKPOINT("W2-1m", "windows of 1 minute by device", 4, true),
  W3("W3", "windows of 10 seconds every second by device", 20, false),
  W6("W6", "sessions with a gap of 30 seconds by device", 10, false),
  W8("W8", "decode only", 1, false);

  /** Those of the plan that have no operators yet, or no readers. */
  public static final List<String> MISSING =
      List.of(
          "W4 join with a table, W5 interval join, W7 deduplication, Nexmark: operators are missing",
          "all workloads from Parquet and Arrow files: connectors are missing",
          "all workloads from memory: not written yet");

  /** So that some windows are over when the input ends. */
  private static final long LEAST_ROWS = 100_000;

  private final String program;
  private final String title;
  private final int share;
  private final boolean checkpoint;

  /**
   * @param program as programs know it
   * @param share the input is that part of the rows asked for: 4 means a quarter
   */
  Workload(String program, String title, int share, boolean checkpoint) {
    this.program = program;
    this.title = title;
    this.share = share;
    this.checkpoint = checkpoint;
  }

  /** As the command line names it. */
  public String id() {
    return checkpoint ? program + "-checkpoint" : program;
  }

  /**
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Workload of(String id) {
    return Arrays.stream(values())
        .filter(workload -> workload.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no workload "
                        + id
                        + "; there are "
                        + Arrays.stream(values()).map(Workload::id).toList()));
  }

  public String program() {
    return program;
  }

  public String title() {
    return checkpoint ? title + ", with checkpoints" : title;
  }

  public boolean checkpoint() {
    return checkpoint;
  }

  boolean hasWindows() {
    return Windows.of(program) != null;
  }

  long rows(long asked) {
    return hasWindows() ? Math.max(LEAST_ROWS, asked / share) : asked / share;
  }
}
