package io.millrace.spi;

/**
 * How much one epoch may take.
 *
 * @param maxRows rows at the most; sources that cannot count rows in advance keep to their own
 *     options
 * @param everything whether a source's own options do not limit the epoch either
 */
public record ReadLimit(long maxRows, boolean everything) {
  /** As much as the source's options say. */
  public static final ReadLimit NONE = new ReadLimit(Long.MAX_VALUE, false);

  /** All there is. */
  public static final ReadLimit EVERYTHING = new ReadLimit(Long.MAX_VALUE, true);
}
