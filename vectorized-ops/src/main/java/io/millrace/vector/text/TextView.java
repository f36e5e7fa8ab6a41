package io.millrace.vector.text;

import io.millrace.vector.column.Memory;

/** ASCII bytes off-heap as characters, for a regular expression; moved from row to row. */
final class TextView implements CharSequence {
  private long address;
  private int length;

  /** Looks at the text, decoded first (which allocates) if it has other than ASCII characters. */
  CharSequence of(long textAddress, int lengthBytes) {
    if (!Utf8.isAscii(textAddress, lengthBytes)) {
      return Utf8.decode(textAddress, lengthBytes);
    }
    address = textAddress;
    length = lengthBytes;
    return this;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException(index + " of " + length);
    }
    return (char) Memory.getByte(address + index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return toString().substring(start, end);
  }

  @Override
  public String toString() {
    return Utf8.decode(address, length);
  }
}
