package io.millrace.spi;

/**
 * How much one epoch may take.
 *
 * @param maxRows rows at the most, {@code Long.MAX_VALUE} for no limit; sources that cannot count
 *     rows in advance keep to their own options
 */
public record ReadLimit(long maxRows) {
  public static final ReadLimit NONE = new ReadLimit(Long.MAX_VALUE);
}
