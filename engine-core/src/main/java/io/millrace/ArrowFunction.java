package io.millrace;

import org.apache.arrow.vector.VectorSchemaRoot;

/** Takes a query's result as Arrow batches, on the query's thread. */
@FunctionalInterface
public interface ArrowFunction {
  /**
   * @param rows lent until the method returns; not to be closed or kept
   * @throws Exception to fail the query
   */
  void accept(VectorSchemaRoot rows, long epoch) throws Exception;
}
