package io.millrace.state.batch;

import com.github.luben.zstd.Zstd;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.apache.arrow.flatbuf.CompressionType;

/** How the buffers of a record batch are compressed, by Arrow's own rules for it. */
public enum BatchCompression {
  NONE,
  /** Frames of LZ4. */
  LZ4,
  ZSTD;

  private static final int ZSTD_LEVEL = 1;

  /** Arrow's number for it; there is none for NONE. */
  byte arrowType() {
    return this == LZ4 ? CompressionType.LZ4_FRAME : CompressionType.ZSTD;
  }

  static BatchCompression ofArrow(byte type) throws BadBatchException {
    return switch (type) {
      case CompressionType.LZ4_FRAME -> LZ4;
      case CompressionType.ZSTD -> ZSTD;
      default -> throw new BadBatchException("compression " + type + " is unknown");
    };
  }

  /** Adds the bytes, compressed, to a block. */
  void compress(long from, int sizeBytes, ByteBlock out) {
    switch (this) {
      case NONE -> {
        out.reserve((long) out.length() + sizeBytes);
        Memory.copy(from, out.address() + out.length(), sizeBytes);
        out.length(out.length() + sizeBytes);
      }
      case LZ4 -> {
        byte[] frame = lz4(from, sizeBytes);
        out.reserve((long) out.length() + frame.length);
        Memory.copy(frame, 0, out.address() + out.length(), frame.length);
        out.length(out.length() + frame.length);
      }
      case ZSTD -> {
        long bound = Zstd.compressBound(sizeBytes);
        out.reserve(out.length() + bound);
        long size =
            Zstd.compressUnsafe(out.address() + out.length(), bound, from, sizeBytes, ZSTD_LEVEL);
        assert !Zstd.isError(size) : "there was room for the worst case";
        out.length(out.length() + (int) size);
      }
    }
  }

  private static byte[] lz4(long from, int sizeBytes) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(sizeBytes / 2 + 64);
    try (OutputStream out = new LZ4FrameOutputStream(frame)) {
      out.write(onHeap(from, sizeBytes));
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return frame.toByteArray();
  }

  private static byte[] onHeap(long from, int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    Memory.copy(from, bytes, 0, sizeBytes);
    return bytes;
  }

  /** Fills a stretch of memory exactly with what the bytes stand for. */
  void decompress(long from, int sizeBytes, long to, int rawBytes) throws BadBatchException {
    long found =
        switch (this) {
          case NONE -> throw new AssertionError("nothing is to be decompressed");
          case LZ4 -> fromLz4(onHeap(from, sizeBytes), to, rawBytes);
          case ZSTD -> Zstd.decompressUnsafe(to, rawBytes, from, sizeBytes);
        };
    if (found != rawBytes) {
      throw new BadBatchException("compressed bytes are not the " + rawBytes + " they should be");
    }
  }

  /**
   * @return how many bytes there are, or -1
   */
  private static long fromLz4(byte[] frame, long to, int rawBytes) {
    byte[] piece = new byte[64 << 10];
    int at = 0;
    try (InputStream in = new LZ4FrameInputStream(new ByteArrayInputStream(frame))) {
      for (int read = in.read(piece); read > 0; read = in.read(piece)) {
        if (read > rawBytes - at) {
          return -1;
        }
        Memory.copy(piece, 0, to + at, read);
        at += read;
      }
      return at;
    } catch (IOException | RuntimeException e) { // it checks its bytes by both
      return -1;
    }
  }
}
