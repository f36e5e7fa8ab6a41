package io.millrace.spi;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A source that can read a range of its input again.
 *
 * <p>After a start: {@link #restore} with what {@link #memory} gave, then with every range that is
 * still journaled, in order; then {@link #plan}, {@link #open}, {@link #acknowledge} per epoch.
 */
public non-sealed interface ReplayableSource extends Source {
  /**
   * Tells the source of a range that an earlier run planned, or of a piece of its memory. The same
   * one may come again, in its place in the order.
   */
  void restore(InputRange range);

  /**
   * The next range behind what was planned or restored so far, or nothing if there is no new input.
   * It reads no data, only what is there.
   */
  Optional<InputRange> plan(ReadLimit limit);

  /**
   * What must stay known of all ranges that were planned or restored, so that the journal may
   * forget them: pieces for {@link #restore}, each of at most some ten thousand characters and
   * ending where the newest range ends. They are taken one by one between later epochs; what is
   * planned meanwhile may be in them or not.
   *
   * @param newest the range that was planned or restored last
   * @return at least one piece; the newest range alone where it implies all before it
   */
  default Iterator<InputRange> memory(InputRange newest) {
    return List.of(newest).iterator();
  }

  /** How many rows could be planned now; {@code Long.MAX_VALUE} if the source cannot tell. */
  default long available() {
    return Long.MAX_VALUE;
  }

  /** Reads a planned range from its start. */
  RangeReader open(InputRange range);

  /** The epoch of this range is committed; it will not be read again. */
  default void acknowledge(InputRange range) {}

  /** How raw bytes become columns; empty if the readers fill columns themselves. */
  default Optional<DecoderFactory> decoder() {
    return Optional.empty();
  }
}
