package io.millrace.spi;

import java.util.Optional;

/**
 * A source that can read a range of its input again.
 *
 * <p>After a start: {@link #restore} with every journaled range in order, then {@link #plan},
 * {@link #open}, {@link #acknowledge} per epoch.
 */
public non-sealed interface ReplayableSource extends Source {
  /** Tells the source of a range that an earlier run planned. */
  void restore(InputRange range);

  /**
   * The next range behind what was planned or restored so far, or nothing if there is no new input.
   * It reads no data, only what is there.
   */
  Optional<InputRange> plan(ReadLimit limit);

  /** How many rows could be planned now; {@code Long.MAX_VALUE} if the source cannot tell. */
  default long available() {
    return Long.MAX_VALUE;
  }

  /** Reads a planned range from its start. */
  RangeReader open(InputRange range);

  /** The epoch of this range is committed; it will not be read again. */
  void acknowledge(InputRange range);

  /** How raw bytes become columns; empty if the readers fill columns themselves. */
  Optional<DecoderFactory> decoder();
}
