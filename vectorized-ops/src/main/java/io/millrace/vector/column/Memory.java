package io.millrace.vector.column;

import java.lang.reflect.Field;

/**
 * Reads and writes off-heap memory by absolute address, unchecked: the one door to it for all
 * kernels. Values are little-endian, as Arrow's are, and may be unaligned.
 */
public final class Memory {
  private static final sun.misc.Unsafe UNSAFE = unsafe();

  private Memory() {}

  private static sun.misc.Unsafe unsafe() {
    try {
      Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      return (sun.misc.Unsafe) field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("removal")
  public static byte getByte(long address) {
    return UNSAFE.getByte(address);
  }

  @SuppressWarnings("removal")
  public static void putByte(long address, byte value) {
    UNSAFE.putByte(address, value);
  }

  @SuppressWarnings("removal")
  public static short getShort(long address) {
    return UNSAFE.getShort(address);
  }

  @SuppressWarnings("removal")
  public static void putShort(long address, short value) {
    UNSAFE.putShort(address, value);
  }

  @SuppressWarnings("removal")
  public static int getInt(long address) {
    return UNSAFE.getInt(address);
  }

  @SuppressWarnings("removal")
  public static void putInt(long address, int value) {
    UNSAFE.putInt(address, value);
  }

  @SuppressWarnings("removal")
  public static long getLong(long address) {
    return UNSAFE.getLong(address);
  }

  @SuppressWarnings("removal")
  public static void putLong(long address, long value) {
    UNSAFE.putLong(address, value);
  }

  @SuppressWarnings("removal")
  public static float getFloat(long address) {
    return UNSAFE.getFloat(address);
  }

  @SuppressWarnings("removal")
  public static void putFloat(long address, float value) {
    UNSAFE.putFloat(address, value);
  }

  @SuppressWarnings("removal")
  public static double getDouble(long address) {
    return UNSAFE.getDouble(address);
  }

  @SuppressWarnings("removal")
  public static void putDouble(long address, double value) {
    UNSAFE.putDouble(address, value);
  }

  /** Copies bytes that do not overlap. */
  @SuppressWarnings("removal")
  public static void copy(long from, long to, long sizeBytes) {
    UNSAFE.copyMemory(from, to, sizeBytes);
  }

  /** As {@link #copy}, quicker for the few bytes that most texts have. */
  public static void copyShort(long from, long to, int sizeBytes) {
    if (sizeBytes > 64) {
      copy(from, to, sizeBytes);
      return;
    }
    if (sizeBytes >= 8) {
      int last = sizeBytes - 8;
      for (int i = 0; i < last; i += 8) {
        putLong(to + i, getLong(from + i));
      }
      putLong(to + last, getLong(from + last)); // some of them again: quicker than one by one
    } else if (sizeBytes >= 4) {
      int last = sizeBytes - 4;
      putInt(to, getInt(from));
      putInt(to + last, getInt(from + last));
    } else {
      for (int i = 0; i < sizeBytes; i++) {
        putByte(to + i, getByte(from + i));
      }
    }
  }

  /** Copies from the heap. */
  @SuppressWarnings("removal")
  public static void copy(byte[] from, int offset, long to, int sizeBytes) {
    UNSAFE.copyMemory(
        from, sun.misc.Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) offset, null, to, sizeBytes);
  }

  /** Copies to the heap. */
  @SuppressWarnings("removal")
  public static void copy(long from, byte[] to, int offset, int sizeBytes) {
    UNSAFE.copyMemory(
        null, from, to, sun.misc.Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) offset, sizeBytes);
  }

  @SuppressWarnings("removal")
  public static void fill(long address, long sizeBytes, byte value) {
    UNSAFE.setMemory(address, sizeBytes, value);
  }
}
