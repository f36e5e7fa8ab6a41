package io.millrace.gateway.faults;

import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What a child has printed so far, whole lines of a {@link ChildReport} among them. */
record ChildLog(String text) {
  /** The newest epoch that it committed; -1 if none. */
  long committedEpoch() {
    return numbers(ChildReport.COMMITTED).max().orElse(-1);
  }

  /** The newest epoch that it found committed when it started; empty if it has not started yet. */
  OptionalLong resumedAfter() {
    return numbers(ChildReport.RESUMED).findFirst();
  }

  /** From the start of the process to its first commit. */
  OptionalLong firstEpochMs() {
    return numbers(ChildReport.FIRST).findFirst();
  }

  /** The last row of a sender that it found when it started; empty if it has not started yet. */
  OptionalLong foundSafe(String sender) {
    return numbers(ChildReport.FOUND + sender + ": ").findFirst();
  }

  /** The last row of a sender that it has said to be safe; empty if none. */
  OptionalLong safe(String sender) {
    return numbers(ChildReport.SAFE + sender + ": ").max();
  }

  /** How many rows of each sender there are in the end; empty if it has no end. */
  OptionalLong goal() {
    return numbers(ChildReport.GOAL).findFirst();
  }

  /** How often it was seen to wait for room on a disk. */
  long pauses() {
    return wholeLines().lines().filter(line -> line.startsWith(ChildReport.PAUSED)).count();
  }

  private LongStream numbers(String label) {
    return wholeLines()
        .lines()
        .filter(line -> line.startsWith(label))
        .mapToLong(line -> Long.parseLong(line.substring(label.length())));
  }

  private String wholeLines() {
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }
}
