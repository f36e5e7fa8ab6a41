package io.millrace;

import io.millrace.spi.RowPosition;
import java.util.Optional;

/**
 * Takes a query's result row by row, on the query's thread, without allocation.
 *
 * <p>After a crash rows of an uncommitted epoch come again, with the same {@link RowView#epoch} and
 * {@link RowView#rowNumber}.
 */
@FunctionalInterface
public interface RowFunction {
  /**
   * @param row good until the method returns
   * @throws Exception to fail the query
   */
  void accept(RowView row) throws Exception;

  /**
   * The last row whose effect the application has kept, if it keeps {@link RowView#epoch} and
   * {@link RowView#rowNumber} with the effect: rows up to there do not come again, which makes the
   * delivery exactly once. Asked once when the query starts.
   *
   * @return {@link RowPosition#START} if it has none yet; empty if it keeps none
   */
  default Optional<RowPosition> resumeFrom() {
    return Optional.empty();
  }
}
