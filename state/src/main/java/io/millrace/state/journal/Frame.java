package io.millrace.state.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * The layout of a frame: a header of {@value #HEADER_BYTES} bytes, big-endian, then the payload.
 *
 * <pre>
 *  0  int   magic "MRJ1"
 *  4  byte  version, 1
 *  5  byte  type
 *  6  short 0
 *  8  long  sequence
 * 16  long  epoch
 * 24  long  forcedThrough: every frame up to this sequence was forced before this one was written;
 *           -1 for none
 * 32  int   length of the payload in bytes
 * 36  int   CRC32C of the payload
 * 40  int   the previous frame's header checksum, 0 for sequence 0
 * 44  int   header checksum: CRC32C of bytes 0 to 43
 * </pre>
 *
 * <p>A header's checksum covers that of the payload, so that one number stands for a whole frame
 * and, through the link to the previous one, for all frames before it.
 */
final class Frame {
  static final int HEADER_BYTES = 48;
  static final byte VERSION = 1;

  private static final int MAGIC = 0x4D524A31;
  private static final int VERSION_AT = 4;
  private static final int TYPE_AT = 5;
  private static final int SEQUENCE_AT = 8;
  private static final int EPOCH_AT = 16;
  private static final int FORCED_THROUGH_AT = 24;
  private static final int LENGTH_AT = 32;
  private static final int PAYLOAD_CHECKSUM_AT = 36;
  private static final int PREVIOUS_AT = 40;
  private static final int CHECKSUM_AT = 44;

  private Frame() {}

  /** Writes a header at the start of a buffer and returns its checksum; position and limit stay. */
  static int putHeader(
      ByteBuffer into,
      int type,
      long sequence,
      long epoch,
      long forcedThrough,
      int length,
      int payloadChecksum,
      int previous,
      CRC32C crc) {
    assert into.order() == ByteOrder.BIG_ENDIAN : "a frame is big-endian";
    into.putInt(0, MAGIC)
        .put(VERSION_AT, VERSION)
        .put(TYPE_AT, (byte) type)
        .putShort(TYPE_AT + 1, (short) 0)
        .putLong(SEQUENCE_AT, sequence)
        .putLong(EPOCH_AT, epoch)
        .putLong(FORCED_THROUGH_AT, forcedThrough)
        .putInt(LENGTH_AT, length)
        .putInt(PAYLOAD_CHECKSUM_AT, payloadChecksum)
        .putInt(PREVIOUS_AT, previous);
    int position = into.position();
    int limit = into.limit();
    int checksum = checksum(into.clear().limit(CHECKSUM_AT), crc); // a slice would be an object
    into.limit(limit).position(position).putInt(CHECKSUM_AT, checksum);
    return checksum;
  }

  /** CRC32C of the remaining bytes; leaves the position at the limit. */
  static int checksum(ByteBuffer bytes) {
    return checksum(bytes, new CRC32C());
  }

  /** The same with a calculator that is used again and again. */
  static int checksum(ByteBuffer bytes, CRC32C crc) {
    crc.reset();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** Whether the bytes at a position are a header that was written whole. */
  static boolean isHeader(ByteBuffer bytes, int at) {
    return bytes.limit() - at >= HEADER_BYTES
        && bytes.getInt(at) == MAGIC
        && checksum(bytes.slice(at, CHECKSUM_AT)) == headerChecksum(bytes, at);
  }

  /**
   * What is wrong with the frame at a position, or null.
   *
   * @param previous the header checksum of the frame before; empty if that one is gone
   */
  static String problem(ByteBuffer bytes, int at, long sequence, OptionalInt previous) {
    int left = bytes.limit() - at;
    if (left < HEADER_BYTES) {
      return left + " bytes are left, a header has " + HEADER_BYTES;
    }
    if (!isHeader(bytes, at)) {
      return "the header is not readable";
    }
    if (bytes.getLong(at + SEQUENCE_AT) != sequence) {
      return "record " + bytes.getLong(at + SEQUENCE_AT) + " stands in the place of " + sequence;
    }
    if (previous.isPresent() && bytes.getInt(at + PREVIOUS_AT) != previous.getAsInt()) {
      return "the record does not belong to the one before it";
    }
    int length = bytes.getInt(at + LENGTH_AT);
    if (length < 0 || length > left - HEADER_BYTES) {
      return "the payload has " + (left - HEADER_BYTES) + " of " + length + " bytes";
    }
    if (checksum(payload(bytes, at)) != bytes.getInt(at + PAYLOAD_CHECKSUM_AT)) {
      return "the payload's checksum is wrong";
    }
    return null;
  }

  /** Whether a readable header is followed by the payload that it describes. */
  static boolean isWhole(ByteBuffer bytes, int at) {
    return problem(bytes, at, bytes.getLong(at + SEQUENCE_AT), OptionalInt.empty()) == null;
  }

  static int version(ByteBuffer bytes, int at) {
    return bytes.get(at + VERSION_AT);
  }

  static int sizeBytes(ByteBuffer bytes, int at) {
    return HEADER_BYTES + bytes.getInt(at + LENGTH_AT);
  }

  static long forcedThrough(ByteBuffer bytes, int at) {
    return bytes.getLong(at + FORCED_THROUGH_AT);
  }

  static int headerChecksum(ByteBuffer bytes, int at) {
    return bytes.getInt(at + CHECKSUM_AT);
  }

  /** A frame without a problem as a record. */
  static JournalRecord record(ByteBuffer bytes, int at) {
    return new JournalRecord(
        bytes.getLong(at + SEQUENCE_AT),
        bytes.get(at + TYPE_AT),
        bytes.getLong(at + EPOCH_AT),
        bytes.getInt(at + PAYLOAD_CHECKSUM_AT),
        payload(bytes, at).asReadOnlyBuffer());
  }

  private static ByteBuffer payload(ByteBuffer bytes, int at) {
    return bytes.slice(at + HEADER_BYTES, bytes.getInt(at + LENGTH_AT));
  }
}
