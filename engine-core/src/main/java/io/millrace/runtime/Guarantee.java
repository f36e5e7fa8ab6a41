package io.millrace.runtime;

import io.millrace.spi.Sink.Delivery;
import io.millrace.state.journal.Durability;

/** What holds end to end, in words. */
final class Guarantee {
  private Guarantee() {}

  /**
   * @param live whether any input exists once: its rows are written down when they are taken in
   */
  static String of(boolean checkpoint, Durability durability, Delivery delivery, boolean live) {
    if (!checkpoint) {
      return "no checkpoint: exactly once while the process runs; nothing survives a restart";
    }
    String survives =
        switch (durability) {
          case DISK -> "survives kill -9 and power loss";
          case PROCESS -> "survives kill -9, not power loss";
        };
    String door =
        live
            ? "; live inputs are journaled: exactly once from senders with a name, who go on behind"
                + " safeSequence, at least once from others, who send again what was not safe"
            : "";
    return switch (delivery) {
          case IDEMPOTENT_BY_EPOCH -> "exactly once, end to end; " + survives;
          case RESUMABLE_BY_ROW -> "exactly once, end to end, resumed by row number; " + survives;
          case AT_LEAST_ONCE ->
              "at least once across a crash: rows of an uncommitted epoch come again with the same"
                  + " epoch and row number; exactly once otherwise; nothing is lost; "
                  + survives;
        }
        + door;
  }
}
