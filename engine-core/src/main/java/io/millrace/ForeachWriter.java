package io.millrace;

/**
 * Writes rows to somewhere, epoch by epoch: {@link #open}, {@link #process} per row, {@link
 * #close}. All calls come from one thread at a time. A failure in any of them fails the query.
 */
@FunctionalInterface
public interface ForeachWriter<T> {
  /**
   * Begins an epoch of a partition.
   *
   * @return false to skip its rows, because an earlier run has written them; {@link #close} follows
   *     all the same
   */
  default boolean open(long partition, long epoch) throws Exception {
    return true;
  }

  void process(T row) throws Exception;

  /**
   * Ends what {@link #open} began, if that returned normally.
   *
   * @param error what failed, or null
   */
  default void close(Throwable error) throws Exception {}
}
