package io.millrace.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What rows are grouped by in time. */
sealed interface Windows {
  /** Nothing. */
  record None() implements Windows {}

  /** The time itself. */
  record Instants() implements Windows {}

  /** Windows of one size, tumbling or sliding; microseconds. */
  record Fixed(long sizeUs, long slideUs, long startUs) implements Windows {
    /** Whether they overlap and a stretch as long as the slide makes them up. */
    boolean isMadeOfPanes() {
      return slideUs < sizeUs && sizeUs % slideUs == 0;
    }

    /** The starts of all windows that a time falls into, ascending. */
    List<Long> startsOf(long timeUs) {
      List<Long> starts = new ArrayList<>();
      long last = timeUs - Math.floorMod(timeUs - startUs, slideUs);
      for (long start = last; timeUs - start < sizeUs; start -= slideUs) {
        starts.addFirst(start);
      }
      return starts;
    }
  }

  /**
   * Sessions that end when no row comes for a while.
   *
   * @param gapUs the same for all rows, or empty where each has its own, in seconds, in column
   *     {@code gap}; rows without a gap, or with one that is not positive, are left out
   */
  record Sessions(Optional<Long> gapUs) implements Windows {}

  /** The key as SQL; empty if there is none. */
  default Optional<String> sql(String time) {
    return switch (this) {
      case None ignored -> Optional.empty();
      case Instants ignored -> Optional.of(time);
      case Fixed fixed ->
          Optional.of(
              "window("
                  + time
                  + ", '"
                  + fixed.sizeUs
                  + " microseconds', '"
                  + fixed.slideUs
                  + " microseconds', '"
                  + fixed.startUs
                  + " microseconds')");
      case Sessions sessions ->
          Optional.of(
              "session_window("
                  + time
                  + ", "
                  + sessions
                      .gapUs
                      .map(us -> "'" + us + " microseconds'")
                      .orElse("concat(CAST(gap AS STRING), ' seconds')")
                  + ")");
    };
  }
}
