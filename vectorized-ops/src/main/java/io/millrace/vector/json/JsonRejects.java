package io.millrace.vector.json;

/** Is told of each corrupt line, in every mode but FAILFAST, whether it still gave a row or not. */
@FunctionalInterface
public interface JsonRejects {
  JsonRejects IGNORE = (address, length, reason) -> {};

  /**
   * @param address the line's first byte; the bytes are good until this method returns
   * @param length without the line's end
   * @param reason what is wrong, in words; one object per kind of fault and column, never built per
   *     line
   */
  void reject(long address, int length, String reason);
}
