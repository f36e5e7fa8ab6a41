package io.millrace.spi;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;

/**
 * A reusable piece of input on its way from a reader to a pipeline: raw bytes or columns, and where
 * they are from.
 */
public final class Chunk {
  private final ByteBlock bytes;
  private final Block block;
  private String origin = "";
  private long originOffset;
  private boolean startsOrigin;

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

  public void clear() {
    if (bytes != null) {
      bytes.length(0);
    }
    if (block != null) {
      block.clear();
    }
  }
}
