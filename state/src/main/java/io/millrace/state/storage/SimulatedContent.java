package io.millrace.state.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A simulated file's bytes: as they are, and as they were when they were last forced. Guarded by
 * its disk.
 */
final class SimulatedContent {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private byte[] bytes;
  private int size;
  private byte[] safe;
  private int safeSize;

  /** Bytes that changed since the last force, from (inclusive) and to (exclusive). */
  private int changedFrom = Integer.MAX_VALUE;

  private int changedTo;
  private long modifiedUs;

  private SimulatedContent(byte[] bytes, byte[] safe, long modifiedUs) {
    this.bytes = bytes;
    this.size = bytes.length;
    this.safe = safe;
    this.safeSize = safe.length;
    this.modifiedUs = modifiedUs;
  }

  static SimulatedContent empty(long nowUs) {
    return new SimulatedContent(new byte[0], new byte[0], nowUs);
  }

  /** Bytes that are safe. */
  static SimulatedContent of(byte[] bytes, long modifiedUs) {
    return new SimulatedContent(bytes.clone(), bytes.clone(), modifiedUs);
  }

  /** What the end of the process leaves; whatever was written before it is safe to the next. */
  SimulatedContent afterKill() {
    return of(Arrays.copyOf(bytes, size), modifiedUs);
  }

  /** What a power cut leaves. */
  SimulatedContent afterPowerCut() {
    return of(Arrays.copyOf(safe, safeSize), modifiedUs);
  }

  int read(ByteBuffer into, long position) {
    int count = Math.clamp(size - position, 0, into.remaining());
    if (count > 0) {
      into.put(bytes, (int) position, count);
    }
    return count;
  }

  void write(ByteBuffer from, long position, long nowUs) {
    int count = from.remaining();
    grow(position + count);
    from.get(bytes, (int) position, count);
    changed((int) position, (int) position + count, nowUs);
  }

  /** Makes it at least that long; new bytes are zero. */
  void grow(long newSize) {
    if (newSize > MAX_BYTES) {
      throw new OutOfMemoryError("a simulated file holds at most " + MAX_BYTES + " bytes");
    }
    if (newSize > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(newSize, 2L * bytes.length)));
    }
    size = (int) Math.max(size, newSize);
  }

  void truncate(long newSize, long nowUs) {
    if (newSize < size) {
      Arrays.fill(bytes, (int) newSize, size, (byte) 0);
      changed((int) newSize, size, nowUs);
      size = (int) newSize;
    }
  }

  private void changed(int from, int to, long nowUs) {
    changedFrom = Math.min(changedFrom, from);
    changedTo = Math.max(changedTo, to);
    modifiedUs = nowUs;
  }

  void force() {
    if (safe.length < bytes.length) {
      safe = Arrays.copyOf(safe, bytes.length);
    }
    if (changedFrom < changedTo) {
      System.arraycopy(bytes, changedFrom, safe, changedFrom, changedTo - changedFrom);
    }
    safeSize = size;
    changedFrom = Integer.MAX_VALUE;
    changedTo = 0;
  }

  int size() {
    return size;
  }

  long modifiedUs() {
    return modifiedUs;
  }
}
