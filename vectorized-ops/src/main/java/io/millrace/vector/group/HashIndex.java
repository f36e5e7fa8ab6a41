package io.millrace.vector.group;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import org.apache.arrow.memory.BufferAllocator;

/**
 * From 32-bit hashes to record ids: open addressing with linear probing, at most half full. An
 * entry is 8 bytes: the hash above, id + 1 below; 0 is an empty place. A hash's place is its high
 * bits, scaled to the number of places, so that growing copies in order and hashes that share their
 * low bits still spread.
 */
final class HashIndex implements AutoCloseable {
  /** Allocators round up to a power of two, padding included: this is a kilobyte. */
  private static final int MIN_BYTES = 1024;

  private static final int MAX_BYTES = 1 << 30;

  private final BufferAllocator allocator;
  private ByteBlock memory;
  private long entries;
  private int bytes;
  private int places;
  private int size;

  HashIndex(BufferAllocator allocator) {
    this.allocator = allocator;
    resize(MIN_BYTES);
  }

  private void resize(int newBytes) {
    ByteBlock larger = new ByteBlock(allocator, newBytes - ByteBlock.PADDING);
    Memory.fill(larger.address(), larger.capacity(), (byte) 0);
    ByteBlock old = memory;
    int oldPlaces = places;
    memory = larger;
    entries = larger.address();
    bytes = newBytes;
    places = larger.capacity() / 8;
    if (old != null) {
      for (int place = 0; place < oldPlaces; place++) {
        long entry = Memory.getLong(old.address() + 8L * place);
        if (entry != 0) {
          Memory.putLong(entries + 8L * empty((int) (entry >>> 32)), entry);
        }
      }
      old.close();
    }
  }

  private static int place(int hash, int places) {
    return (int) ((hash & 0xFFFFFFFFL) * places >>> 32);
  }

  private int after(int place) {
    return place + 1 == places ? 0 : place + 1;
  }

  int size() {
    return size;
  }

  /**
   * Writes for each row the address of a record whose hash is the row's, or 0: the keys must still
   * be compared. All first places are read before one is looked at, so that the memory's delays
   * overlap.
   *
   * @return how many are 0
   */
  int candidates(RowList rows, long hashes, RecordPages pages, long records) {
    long list = rows.address();
    int base = rows.base();
    int count = rows.count();
    long table = entries;
    int tablePlaces = places;
    for (int i = 0; i < count; i++) {
      long at = 8L * (base + RowList.at(list, i));
      int place = place(Memory.getInt(hashes + at), tablePlaces);
      Memory.putLong(records + at, Memory.getLong(table + 8L * place));
    }
    int missing = 0;
    for (int i = 0; i < count; i++) {
      long at = 8L * (base + RowList.at(list, i));
      int hash = Memory.getInt(hashes + at);
      long entry = Memory.getLong(records + at);
      if ((int) (entry >>> 32) != hash && entry != 0) {
        entry = entry(hash, after(place(hash, tablePlaces)));
      }
      if (entry == 0) {
        missing++;
        Memory.putLong(records + at, 0);
      } else {
        Memory.putLong(records + at, pages.address((int) entry - 1));
      }
    }
    return missing;
  }

  /**
   * Reads the first entries for the hashes of some records and the records that they name.
   *
   * @param others address of the records' addresses
   * @param hashShift how much less than those of the records the hashes are
   * @param cells room for {@code count} cells of 64 bits
   */
  void expect(long others, int count, int hashShift, RecordPages pages, long cells) {
    for (int i = 0; i < count; i++) {
      int hash = GroupRecord.hash(Memory.getLong(others + 8L * i)) - hashShift;
      Memory.putLong(cells + 8L * i, Memory.getLong(entries + 8L * place(hash, places)));
    }
    for (int i = 0; i < count; i++) {
      int id = (int) Memory.getLong(cells + 8L * i) - 1;
      Memory.putLong(cells + 8L * i, id < 0 ? 0 : GroupRecord.firstRow(pages.address(id)));
    }
  }

  /** The first entry with that hash from a place on, or 0. */
  private long entry(int hash, int from) {
    int place = from;
    while (true) {
      long entry = Memory.getLong(entries + 8L * place);
      if (entry == 0 || (int) (entry >>> 32) == hash) {
        return entry;
      }
      place = after(place);
    }
  }

  /** Where to look first for a hash; {@link #id} says what is there, {@link #next} goes on. */
  int start(int hash) {
    return seek(hash, place(hash, places));
  }

  int next(int hash, int place) {
    return seek(hash, after(place));
  }

  private int seek(int hash, int from) {
    int place = from;
    while (true) {
      long entry = Memory.getLong(entries + 8L * place);
      if (entry == 0 || (int) (entry >>> 32) == hash) {
        return place;
      }
      place = after(place);
    }
  }

  /** The record id at a place, or -1 if nothing with the hash follows. */
  int id(int place) {
    return (int) Memory.getLong(entries + 8L * place) - 1;
  }

  /**
   * Makes sure that one more fits.
   *
   * @return whether what is there has stayed in its place
   * @throws MillraceException with code RESOURCES, nothing changed, if there is not enough memory
   *     or the index would pass a gigabyte
   */
  boolean reserve() {
    if (2L * (size + 1) <= places) {
      return true;
    }
    if (bytes == MAX_BYTES) {
      throw new MillraceException(
          ErrorCode.RESOURCES,
          size + " groups in one table; more than that needs millrace.parallelism");
    }
    resize(2 * bytes);
    return false;
  }

  /** The first empty place for a hash; there is one. */
  int empty(int hash) {
    int place = place(hash, places);
    while (Memory.getLong(entries + 8L * place) != 0) {
      place = after(place);
    }
    return place;
  }

  /** Adds an id in an empty place of its hash; there is room. */
  void add(int place, int hash, int id) {
    Memory.putLong(entries + 8L * place, (long) hash << 32 | (id + 1 & 0xFFFFFFFFL));
    size++;
  }

  /** Empties a place and moves up those behind it that had to give way. */
  void remove(int place) {
    int hole = place;
    int at = after(hole);
    for (long entry; (entry = Memory.getLong(entries + 8L * at)) != 0; at = after(at)) {
      int home = place((int) (entry >>> 32), places);
      boolean staysBehindHole = hole <= at ? hole < home && home <= at : hole < home || home <= at;
      if (!staysBehindHole) {
        Memory.putLong(entries + 8L * hole, entry);
        hole = at;
      }
    }
    Memory.putLong(entries + 8L * hole, 0);
    size--;
    if (bytes > MIN_BYTES && 16L * size < places) {
      shrink();
    }
  }

  /**
   * Empties all places; the index keeps room for as many entries as it had.
   *
   * @param had how many entries that were
   */
  void clear(int had) {
    size = 0;
    if (bytes > MIN_BYTES && 16L * had < places) {
      shrink();
    }
    Memory.fill(entries, 8L * places, (byte) 0);
  }

  /** What is nearly empty becomes a quarter of the size; without memory for that it stays. */
  private void shrink() {
    try {
      resize(Math.max(MIN_BYTES, bytes / 4));
    } catch (MillraceException e) {
      return;
    }
  }

  long memoryBytes() {
    return bytes;
  }

  @Override
  public void close() {
    memory.close();
  }
}
