package io.millrace.spi;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;

/**
 * A reusable piece of input on its way from a reader to a pipeline: raw bytes or columns, and where
 * they are from.
 */
public final class Chunk {
  /** How much of a record that was too long to be held goes to the rejects. */
  public static final int MAX_REJECTED_BYTES = 64 << 10;

  private final ByteBlock bytes;
  private final Block block;
  private String origin = "";
  private long originOffset;
  private boolean startsOrigin;
  private boolean truncated;
  private int start;
  private ChunkLoader loader;
  private long loadFrom;
  private long loadTo;

  /** One of the two is null. */
  public Chunk(ByteBlock bytes, Block block) {
    this.bytes = bytes;
    this.block = block;
  }

  /** For sources with a decoder: whole records only. */
  public ByteBlock bytes() {
    return bytes;
  }

  /** For sources that fill columns. */
  public Block block() {
    return block;
  }

  /**
   * Says where the bytes are from, for errors and rejects.
   *
   * @param offset of the chunk's byte 0 in the origin
   */
  public void from(String origin, long offset) {
    this.origin = origin;
    this.originOffset = offset;
    this.startsOrigin = offset == 0;
    this.truncated = false;
  }

  /** Says that the first record begins at that byte of the chunk; without a call it is byte 0. */
  public void start(int position) {
    start = position;
  }

  /** Where in the bytes the first record begins. */
  public int start() {
    return start;
  }

  /**
   * Names the bytes instead of holding them: {@link #load} fetches them.
   *
   * @param from first byte of a part of the origin
   * @param to end of the part, exclusive
   */
  public void defer(ChunkLoader fetchedBy, long from, long to) {
    assert loader == null : "a chunk names one part at a time";
    loader = fetchedBy;
    loadFrom = from;
    loadTo = to;
  }

  /** Whether there are bytes that {@link #load} has not fetched yet. */
  public boolean deferred() {
    return loader != null;
  }

  /**
   * Fetches the bytes if they are only named; what the chunk held before is gone then. Only a part
   * of them may come: the rest is deferred again.
   */
  public void load() {
    if (loader == null) {
      return;
    }
    ChunkLoader loading = loader;
    loader = null;
    clear();
    try {
      loading.load(this, loadFrom, loadTo);
    } finally {
      loading.release();
    }
  }

  /** Says that the bytes are only the beginning of one record, which is too long to be held. */
  public void truncate() {
    truncated = true;
  }

  /** The file or connection. */
  public String origin() {
    return origin;
  }

  /** Position of the chunk's byte 0 in the origin. */
  public long originOffset() {
    return originOffset;
  }

  /** Whether a byte-order mark may stand at the beginning. */
  public boolean startsOrigin() {
    return startsOrigin;
  }

  /** Whether the bytes are the beginning of one record that is to be rejected for its length. */
  public boolean truncated() {
    return truncated;
  }

  /** Empties the chunk; what it names is not needed any more. */
  public void clear() {
    truncated = false;
    start = 0;
    if (bytes != null) {
      bytes.length(0);
    }
    if (block != null) {
      block.clear();
    }
    if (loader != null) {
      ChunkLoader unused = loader;
      loader = null;
      unused.release();
    }
  }
}
