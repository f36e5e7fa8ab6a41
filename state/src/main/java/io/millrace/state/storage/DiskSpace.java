package io.millrace.state.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Room on a disk, taken before it is written to: {@code posix_fallocate} where the C library has
 * it, zeroes elsewhere.
 */
final class DiskSpace {
  private static final int ZEROES_BYTES = 256 << 10;
  private static final int NO_SPACE = 28;
  private static final int QUOTA = 122;
  private static final int INTERRUPTED = 4;

  private DiskSpace() {}

  static void allocate(Path path, FileChannel channel, long position, long sizeBytes)
      throws IOException {
    int error = INTERRUPTED;
    while (error == INTERRUPTED && CLibrary.isKnown()) {
      error = allocateNatively(path, position, sizeBytes);
    }
    switch (error) {
      case 0 -> {}
      case NO_SPACE ->
          throw new FileSystemException(path.toString(), null, "No space left on device");
      case QUOTA -> throw new FileSystemException(path.toString(), null, "Disk quota exceeded");
      default -> // not there, or not for this file system
          writeZeroes(channel, Math.max(position, channel.size()), position + sizeBytes);
    }
  }

  private static int allocateNatively(Path path, long position, long sizeBytes) throws IOException {
    int descriptor = CLibrary.open(path, CLibrary.READ_WRITE);
    if (descriptor < 0) {
      throw new IOException("open: the file cannot be opened a second time");
    }
    try {
      return CLibrary.allocate(descriptor, position, sizeBytes);
    } finally {
      CLibrary.close(descriptor);
    }
  }

  private static void writeZeroes(FileChannel channel, long from, long to) throws IOException {
    ByteBuffer zeroes = ByteBuffer.allocate(ZEROES_BYTES);
    for (long at = from; at < to; at += zeroes.position()) {
      zeroes.position(0).limit((int) Math.min(ZEROES_BYTES, to - at));
      while (zeroes.hasRemaining()) {
        channel.write(zeroes, at + zeroes.position());
      }
    }
  }
}
