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
   * @param offset of the first byte in the origin
   */
  public void from(String origin, long offset) {
    this.origin = origin;
    this.originOffset = offset;
    this.startsOrigin = offset == 0;
    this.truncated = false;
  }

  /** Says that the bytes are only the beginning of one record, which is too long to be held. */
  public void truncate() {
    truncated = true;
  }

  /** The file or connection. */
  public String origin() {
    return origin;
  }

  /** Position of the first byte in the origin. */
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

  public void clear() {
    truncated = false;
    if (bytes != null) {
      bytes.length(0);
    }
    if (block != null) {
      block.clear();
    }
  }
}
