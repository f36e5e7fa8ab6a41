package io.millrace.perf.bench;

import io.millrace.perf.job.Input;
import io.millrace.perf.job.Windows;
import java.util.Arrays;
import java.util.List;

/** What is run on every engine. A new one needs a line here, and its query in each program. */
public enum Workload {
  W1("W1", Input.JSON, false, 1, "alerts: filter and project"),
  W1_CHECKPOINT("W1", Input.JSON, true, 1, "alerts: filter and project"),
  W1_MEMORY("W1", Input.MEMORY, false, 1, "alerts: filter and project"),
  W2_SECOND("W2-1s", Input.JSON, false, 4, "windows of 1 second by device"),
  W2_SECOND_CHECKPOINT("W2-1s", Input.JSON, true, 4, "windows of 1 second by device"),
  W2_SECOND_MEMORY("W2-1s", Input.MEMORY, false, 4, "windows of 1 second by device"),
  W2_MINUTE("W2-1m", Input.JSON, false, 4, "windows of 1 minute by device"),
  W2_MINUTE_CHECKPOINT("W2-1m", Input.JSON, true, 4, "windows of 1 minute by device"),
  W2_MINUTE_MEMORY("W2-1m", Input.MEMORY, false, 4, "windows of 1 minute by device"),
  W3("W3", Input.JSON, false, 20, "windows of 10 seconds every second by device"),
  W3_MEMORY("W3", Input.MEMORY, false, 20, "windows of 10 seconds every second by device"),
  W6("W6", Input.JSON, false, 10, "sessions with a gap of 30 seconds by device"),
  W6_MEMORY("W6", Input.MEMORY, false, 10, "sessions with a gap of 30 seconds by device"),
  W8("W8", Input.JSON, false, 1, "decode only");

  /** Those of the plan that have no operators yet, or no readers. */
  public static final List<String> MISSING =
      List.of(
          "W4 join with a table, W5 interval join, W7 deduplication, Nexmark: operators are missing",
          "all workloads from Parquet and Arrow files: connectors are missing");

  /** So that some windows are over when the input ends. */
  private static final long LEAST_ROWS = 100_000;

  private final String program;
  private final Input input;
  private final boolean checkpoint;
  private final int share;
  private final String title;

  /**
   * @param program as programs know it
   * @param share the input is that part of the rows asked for: 4 means a quarter
   */
  Workload(String program, Input input, boolean checkpoint, int share, String title) {
    this.program = program;
    this.input = input;
    this.checkpoint = checkpoint;
    this.share = share;
    this.title = title;
  }

  /** As the command line names it. */
  public String id() {
    return program
        + (checkpoint ? "-checkpoint" : "")
        + switch (input) {
          case JSON -> "";
          case MEMORY -> "-memory";
        };
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
    return title
        + (checkpoint ? ", with checkpoints" : "")
        + switch (input) {
          case JSON -> "";
          case MEMORY -> ", from memory";
        };
  }

  public Input input() {
    return input;
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
