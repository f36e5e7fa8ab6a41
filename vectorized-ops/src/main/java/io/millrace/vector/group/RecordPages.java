package io.millrace.vector.group;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Records of one size in pages that never move. A record's id names its page and its place there;
 * ids are used again. A page without records goes back to the allocator, except for a few that are
 * kept for the next need; whoever calls {@link #endRound} keeps as many as a round needs.
 */
final class RecordPages implements AutoCloseable {
  private static final int PAGE_BYTES = 64 * 1024;
  private static final int MIN_RECORDS_PER_PAGE = 16;
  private static final int LINE = 64;
  private static final int NONE = -1;

  /** Two megabytes that need not be asked for again when groups come and go. */
  private static final int FEW_SPARES = 32;

  private final BufferAllocator allocator;
  private final int recordBytes;
  private final int pageBytes;
  private final int recordsPerPage;
  private final int shift;
  private Page[] pages = new Page[4];
  private long[] bases = new long[4];
  private int pageCount;

  /** No page number below it is without memory. */
  private int vacant;

  private int roomy = NONE;
  private ByteBlock[] spare = new ByteBlock[FEW_SPARES];
  private int spares;
  private int maxSpares = FEW_SPARES;
  private int inUse;
  private int mostInUse;

  /** What is known of a page that has memory; pages with room are linked. */
  private static final class Page {
    private final ByteBlock memory;
    private int used;
    private int live;
    private int freeSlot = NONE;
    private boolean hasRoom;
    private long lastTime = Long.MIN_VALUE;
    private int before = NONE;
    private int after = NONE;

    Page(ByteBlock memory) {
      this.memory = memory;
    }
  }

  /** Records of up to a cache line do not cross one. */
  RecordPages(BufferAllocator allocator, int bytes) {
    this.allocator = allocator;
    this.recordBytes =
        bytes <= LINE ? Math.max(32, Integer.highestOneBit(2 * bytes - 1)) : (bytes + 7) & ~7;
    long least = (long) MIN_RECORDS_PER_PAGE * recordBytes + LINE + ByteBlock.PADDING;
    // Allocators round up to a power of two, padding included, so that is what a page takes.
    this.pageBytes = (int) Math.max(PAGE_BYTES, Long.highestOneBit(2 * least - 1));
    this.recordsPerPage = (pageBytes - LINE - ByteBlock.PADDING) / recordBytes;
    this.shift = 32 - Integer.numberOfLeadingZeros(recordsPerPage - 1);
  }

  long address(int id) {
    return bases[id >>> shift] + (long) (id & (1 << shift) - 1) * recordBytes;
  }

  /** A new record's id; its memory is zero. */
  int add() {
    if (roomy == NONE) {
      addPage();
    }
    int number = roomy;
    Page page = pages[number];
    int slot = page.freeSlot;
    long record;
    if (slot == NONE) {
      slot = page.used++;
      record = address(number << shift | slot);
    } else {
      record = address(number << shift | slot);
      page.freeSlot = Memory.getInt(record);
    }
    for (int i = 0; i < recordBytes; i += 8) {
      Memory.putLong(record + i, 0);
    }
    page.live++;
    if (page.freeSlot == NONE && page.used == recordsPerPage) {
      unlink(page);
    }
    return number << shift | slot;
  }

  private void addPage() {
    ByteBlock memory =
        spares == 0 ? new ByteBlock(allocator, pageBytes - ByteBlock.PADDING) : spare[--spares];
    int number = vacant;
    while (number < pageCount && pages[number] != null) {
      number++;
    }
    vacant = number;
    if (number == pages.length) {
      pages = Arrays.copyOf(pages, 2 * number);
      bases = Arrays.copyOf(bases, 2 * number);
    }
    pageCount = Math.max(pageCount, number + 1);
    mostInUse = Math.max(mostInUse, ++inUse);
    pages[number] = new Page(memory);
    bases[number] = memory.address() + LINE - 1 & -LINE;
    link(number, pages[number]);
  }

  /** Forgets a record; its address means nothing from now on. */
  void remove(int id) {
    int number = id >>> shift;
    Page page = pages[number];
    if (--page.live == 0) {
      remove(number, page);
      return;
    }
    Memory.putInt(address(id), page.freeSlot);
    page.freeSlot = id & (1 << shift) - 1;
    if (!page.hasRoom) {
      link(number, page);
    }
  }

  private void remove(int number, Page page) {
    if (page.hasRoom) {
      unlink(page);
    }
    pages[number] = null;
    bases[number] = 0;
    vacant = Math.min(vacant, number);
    release(page.memory);
  }

  /** Says what the time of a record is. */
  void noteTime(int id, long time) {
    Page page = pages[id >>> shift];
    page.lastTime = Math.max(page.lastTime, time);
  }

  /** Forgets the pages whose records' times are all up to that one (inclusive). */
  void removeUpTo(long time) {
    for (int number = 0; number < pageCount; number++) {
      Page page = pages[number];
      if (page != null && page.lastTime <= time) {
        remove(number, page);
      }
    }
  }

  /** Forgets all records. */
  void clear() {
    for (int number = 0; number < pageCount; number++) {
      if (pages[number] != null) {
        release(pages[number].memory);
        pages[number] = null;
        bases[number] = 0;
      }
    }
    pageCount = 0;
    vacant = 0;
    roomy = NONE;
  }

  private void release(ByteBlock memory) {
    inUse--;
    if (spares == maxSpares) {
      memory.close();
      return;
    }
    if (spares == spare.length) {
      spare = Arrays.copyOf(spare, 2 * spares);
    }
    spare[spares++] = memory;
  }

  /** Keeps, from now on, the memory that was in use at most since the last call, and no more. */
  void endRound() {
    maxSpares = Math.max(FEW_SPARES, mostInUse);
    while (spares > 0 && spares + inUse > maxSpares) {
      spare[--spares].close();
    }
    mostInUse = inUse;
  }

  private void link(int number, Page page) {
    page.hasRoom = true;
    page.before = NONE;
    page.after = roomy;
    if (roomy != NONE) {
      pages[roomy].before = number;
    }
    roomy = number;
  }

  private void unlink(Page page) {
    page.hasRoom = false;
    if (page.before == NONE) {
      roomy = page.after;
    } else {
      pages[page.before].after = page.after;
    }
    if (page.after != NONE) {
      pages[page.after].before = page.before;
    }
  }

  /** The first living record's id that is not below the given one, or -1. */
  int next(int id) {
    int slot = id & (1 << shift) - 1;
    for (int number = id >>> shift; number < pageCount; number++) {
      if (pages[number] != null) {
        for (; slot < pages[number].used; slot++) {
          if (GroupRecord.isLive(address(number << shift | slot))) {
            return number << shift | slot;
          }
        }
      }
      slot = 0;
    }
    return NONE;
  }

  /** Bytes held off-heap. */
  long memoryBytes() {
    long held = (long) spares * pageBytes;
    for (int number = 0; number < pageCount; number++) {
      held += pages[number] == null ? 0 : pageBytes;
    }
    return held;
  }

  @Override
  public void close() {
    for (int number = 0; number < pageCount; number++) {
      if (pages[number] != null) {
        pages[number].memory.close();
        pages[number] = null;
      }
    }
    while (spares > 0) {
      spare[--spares].close();
    }
  }
}
