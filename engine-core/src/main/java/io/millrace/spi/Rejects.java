package io.millrace.spi;

/** Takes note of input that became no row, or a row of nulls. Each call is counted. */
public interface Rejects {
  /**
   * @param origin the file or connection
   * @param offset position of the record in the origin, bytes
   * @param reason in the user's words
   * @param address of the raw bytes, borrowed
   * @param length bytes
   */
  void reject(String origin, long offset, String reason, long address, int length);
}
