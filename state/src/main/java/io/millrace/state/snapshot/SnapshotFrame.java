package io.millrace.state.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The layout of a snapshot: frames, one behind the other. A frame is a header of {@value
 * #HEADER_BYTES} bytes, big-endian, then the payload.
 *
 * <pre>
 *  0  int  magic "MRS1"
 *  4  int  type: 1 header, 2 rows, 3 trailer
 *  8  int  length of the payload in bytes
 * 12  int  CRC32C of bytes 0 to 11 and the payload
 * </pre>
 *
 * <p>There is one header, the first, and one trailer, the last: the number of frames before it and
 * the CRC32C of all bytes before it, 32 bits each.
 */
final class SnapshotFrame {
  static final int HEADER_BYTES = 16;
  static final int TRAILER_BYTES = 8;
  static final int MAGIC = 0x4D525331;
  static final int HEADER = 1;
  static final int ROWS = 2;
  static final int TRAILER = 3;

  static final int TYPE_AT = 4;
  static final int LENGTH_AT = 8;
  static final int CHECKSUM_AT = 12;

  private SnapshotFrame() {}

  /** Puts the header in front of a payload that ends with the buffer. */
  static void seal(ByteBuffer frame, int type) {
    frame
        .putInt(0, MAGIC)
        .putInt(TYPE_AT, type)
        .putInt(LENGTH_AT, frame.limit() - HEADER_BYTES)
        .putInt(CHECKSUM_AT, checksum(frame));
  }

  /** Of a whole frame. */
  static int checksum(ByteBuffer frame) {
    CRC32C crc = new CRC32C();
    crc.update(frame.slice(0, CHECKSUM_AT));
    crc.update(frame.slice(HEADER_BYTES, frame.limit() - HEADER_BYTES));
    return (int) crc.getValue();
  }
}
