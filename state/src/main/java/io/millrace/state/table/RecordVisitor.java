package io.millrace.state.table;

/** Is shown records of groups. */
public interface RecordVisitor {
  /**
   * @param records address of the records' 64-bit addresses
   */
  void records(long records, int count);
}
