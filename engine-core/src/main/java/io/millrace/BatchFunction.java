package io.millrace;

/** Takes the whole result of an epoch as a static frame. */
@FunctionalInterface
public interface BatchFunction {
  /**
   * @param rows may be used after the method returns
   * @param epoch the same number when an epoch runs again after a crash
   * @throws Exception to fail the query
   */
  void accept(DataFrame rows, long epoch) throws Exception;
}
