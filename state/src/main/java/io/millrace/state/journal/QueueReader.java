package io.millrace.state.journal;

import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.state.storage.WholeFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads the frames out of a Chronicle queue's file without Chronicle, which would map the file and
 * trust it: bytes that a crash tore must not reach it.
 *
 * <p>The file is a row of excerpts, each a little-endian header of 4 bytes, its bytes, and padding
 * to a multiple of 4. The header's upper two bits say "not complete" and "not data" (Chronicle's
 * own header and indexes), the others are the length; 0 is where the next excerpt will be. The
 * excerpts that are data make up the frames; a frame may be cut into several.
 */
final class QueueReader {
  /** The suffix of the one file that holds the excerpts. */
  static final String DATA = ".cq4";

  private static final int HEADER_BYTES = 4;
  private static final int NOT_COMPLETE = 0x8000_0000;
  private static final int META_DATA = 0x4000_0000;
  private static final int LENGTH = 0x3FFF_FFFF;

  private final byte[] file;
  private final ByteBuffer headers;
  private final byte[] frames;
  private int[] starts = new int[16];
  private int stretches;
  private int size;

  private QueueReader(byte[] file) {
    this.file = file;
    this.headers = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    this.frames = new byte[file.length];
  }

  /** Whether the queue's file is there. */
  static boolean hasData(Storage storage, Path directory) {
    return storage.list(directory).stream().anyMatch(QueueReader::isData);
  }

  private static boolean isData(StorageEntry file) {
    return file.path().getFileName().toString().endsWith(DATA);
  }

  static SegmentBytes read(Storage storage, Path directory) {
    Path path =
        storage.list(directory).stream()
            .filter(QueueReader::isData)
            .map(StorageEntry::path)
            .findFirst()
            .orElseThrow();
    return new QueueReader(WholeFile.read(storage, path)).read(path);
  }

  private SegmentBytes read(Path path) {
    int at = 0;
    int end = lastWritten();
    while (at < end) {
      int header = at + HEADER_BYTES <= file.length ? headers.getInt(at) : 0;
      int length = header & LENGTH;
      if (header == 0 || (header & NOT_COMPLETE) != 0 || length > file.length - at - HEADER_BYTES) {
        add(at, end - at); // no excerpt: for the scan to look for frames in it
        break;
      }
      if ((header & META_DATA) == 0) {
        add(at + HEADER_BYTES, length);
      }
      at += HEADER_BYTES + ((length + HEADER_BYTES - 1) & -HEADER_BYTES);
    }
    return new SegmentBytes(
        path, ByteBuffer.wrap(frames, 0, size).slice(), Arrays.copyOf(starts, stretches));
  }

  private void add(int from, int length) {
    if (stretches == starts.length) {
      starts = Arrays.copyOf(starts, 2 * stretches);
    }
    starts[stretches++] = size;
    starts[stretches++] = from;
    System.arraycopy(file, from, frames, size, length);
    size += length;
  }

  /** Behind the last byte that is not zero; what follows is room for more. */
  private int lastWritten() {
    int end = file.length;
    while (end >= Long.BYTES && headers.getLong(end - Long.BYTES) == 0) {
      end -= Long.BYTES;
    }
    while (end > 0 && file[end - 1] == 0) {
      end--;
    }
    return end;
  }
}
