package io.millrace.gateway.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Somebody else's file, which takes all the room that there is on a disk. */
record Ballast(Path file) {
  private static final int LARGE_BYTES = 1 << 20;
  private static final int SMALL_BYTES = 512;

  /** Makes the disk full to the last block. */
  void fill() throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      fill(channel, LARGE_BYTES);
      fill(channel, SMALL_BYTES);
    }
  }

  private static void fill(FileChannel channel, int stepBytes) {
    ByteBuffer zeroes = ByteBuffer.allocate(stepBytes);
    try {
      while (true) {
        channel.write(zeroes.clear());
      }
    } catch (IOException _) {
      // That it is full is what was wanted.
    }
  }

  /** Makes room again. */
  void drop() throws IOException {
    Files.deleteIfExists(file);
  }
}
