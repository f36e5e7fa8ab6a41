package io.millrace;

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
}
