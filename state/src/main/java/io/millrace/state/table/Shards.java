package io.millrace.state.table;

import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;

/**
 * Which thread owns which keys. A key belongs to one of 64 shards for ever, by the top bits of its
 * hash; threads own shards, so another number of threads moves shards and rehashes nothing.
 */
public final class Shards {
  public static final int COUNT = 64;
  private static final int SHIFT = 58;

  private Shards() {}

  /** The part, from 0, that owns a key. */
  public static int owner(long hash, int parts) {
    return (int) (hash >>> SHIFT) % parts;
  }

  /**
   * Writes which of the rows a part owns, as a bitmap over them.
   *
   * @param hashes address of a 64-bit hash per row
   * @return how many there are
   */
  public static int owned(RowSelection rows, long hashes, int part, int parts, long bitmap) {
    long ownedShards = 0;
    for (int shard = part; shard < COUNT; shard += parts) {
      ownedShards |= 1L << shard;
    }
    int count = 0;
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long owned = 0;
      long selected = rows.word(base);
      for (int i = 0, end = Math.min(64, rows.to() - base); i < end; i++) {
        long shard = Memory.getLong(hashes + 8L * (base + i)) >>> SHIFT;
        owned |= (ownedShards >>> shard & 1) << i;
      }
      Memory.putLong(bitmap + (base >> 3), owned & selected);
      count += Long.bitCount(owned & selected);
    }
    return count;
  }
}
