package io.millrace.physical;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;

/** Takes rows that came after their group was over, or whose time lies too far ahead. */
public interface LateRows {
  /** Nobody wants to see them. */
  LateRows IGNORED = (operator, reason, watermarkUs, block, rows) -> {};

  /**
   * @param operator name of the operator that put them aside
   * @param reason {@code late} or {@code future}
   * @param rows of the borrowed block
   */
  void putAside(String operator, String reason, long watermarkUs, Block block, RowSelection rows);
}
