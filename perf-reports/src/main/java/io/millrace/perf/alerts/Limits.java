package io.millrace.perf.alerts;

import io.millrace.benchmarks.data.FieldOrder;
import io.millrace.benchmarks.data.ReadingLines;
import io.millrace.benchmarks.data.Readings;
import io.millrace.benchmarks.kernel.MemorySum;
import io.millrace.perf.process.JsonFile;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Memory;
import io.millrace.vector.json.JsonLinesDecoder;
import io.millrace.vector.json.JsonOptions;
import io.millrace.vector.json.JsonRejects;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** What the machine can do at that time without the engine: the ceilings over its figures. */
public final class Limits {
  private static final long AREA_BYTES = 256L << 20;
  private static final int PIECE_BYTES = 256 << 10;
  private static final int READ_BYTES = 256 << 10;
  private static final int DECODED_ROWS = 65_536;
  private static final int BLOCK_ROWS = 8192;

  /**
   * @param memoryOneThread bytes per second added up by one thread, from memory
   * @param memoryAllThreads the same by as many threads as there are cores
   * @param fileRead bytes per second of a plain read of the files from the page cache
   * @param decodeStable rows per second of the JSON decoder alone, one thread, text in memory
   * @param decodeShuffled the same with fields in any order
   */
  public record Figures(
      double memoryOneThread,
      double memoryAllThreads,
      double fileRead,
      double decodeStable,
      double decodeShuffled) {}

  /** Does a part of some work and says how much it was. */
  private interface Work {
    long run() throws IOException;
  }

  private Limits() {}

  /** Arguments: the file for the figures, the folder of readings, seconds per measurement. */
  public static void main(String[] arguments) throws Exception {
    double seconds = Double.parseDouble(arguments[2]);
    Figures figures =
        new Figures(
            memory(1, seconds),
            memory(Runtime.getRuntime().availableProcessors(), seconds),
            fileRead(ReadingFiles.filesIn(Path.of(arguments[1]))),
            decode(FieldOrder.STABLE, seconds),
            decode(FieldOrder.SHUFFLED, seconds));
    JsonFile.write(Path.of(arguments[0]), figures);
  }

  /** Work per second, after as long a warm-up. */
  private static double rate(double seconds, Work work) throws IOException {
    repeat(seconds, work);
    return repeat(seconds, work);
  }

  private static double repeat(double seconds, Work work) throws IOException {
    long startNs = System.nanoTime();
    long done = 0;
    long nowNs;
    do {
      done += work.run();
      nowNs = System.nanoTime();
    } while (nowNs - startNs < seconds * 1e9);
    return done * 1e9 / (nowNs - startNs);
  }

  private static double memory(int threads, double seconds) throws InterruptedException {
    LongAdder bytesPerSecond = new LongAdder();
    List<Thread> all = new ArrayList<>();
    try (Arena arena = Arena.ofShared()) {
      long area = arena.allocate(AREA_BYTES, 64).address();
      for (long at = 0; at < AREA_BYTES; at += 8) {
        Memory.putLong(area + at, at % PIECE_BYTES + 1);
      }
      long share = AREA_BYTES / threads / PIECE_BYTES * PIECE_BYTES;
      for (int i = 0; i < threads; i++) {
        Reader reader = new Reader(area + i * share, share);
        all.add(
            Thread.ofPlatform()
                .name("memory-read-" + i)
                .start(() -> bytesPerSecond.add((long) reader.rate(seconds))));
      }
      for (Thread thread : all) {
        thread.join();
      }
    }
    return bytesPerSecond.sum();
  }

  /** Reads one part of memory round and round; a wrong sum ends its thread. */
  private static final class Reader {
    private final long area;
    private final long sizeBytes;
    private final long pieceSum;
    private long next;

    Reader(long area, long sizeBytes) {
      this.area = area;
      this.sizeBytes = sizeBytes;
      this.pieceSum = MemorySum.plain(area, PIECE_BYTES);
    }

    double rate(double seconds) {
      try {
        return Limits.rate(seconds, this::readPiece);
      } catch (IOException e) {
        throw new IllegalStateException("memory has no files", e);
      }
    }

    private long readPiece() {
      if (MemorySum.vector(area + next, PIECE_BYTES) != pieceSum) {
        throw new IllegalStateException("memory was added up wrongly");
      }
      next = (next + PIECE_BYTES) % sizeBytes;
      return PIECE_BYTES;
    }
  }

  /** All files once to have them in the page cache, and once more. */
  private static double fileRead(List<Path> files) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    readAll(files, buffer);
    long startNs = System.nanoTime();
    long bytes = readAll(files, buffer);
    return bytes * 1e9 / (System.nanoTime() - startNs);
  }

  private static long readAll(List<Path> files, ByteBuffer buffer) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file)) {
        for (int count = 0; count >= 0; count = channel.read(buffer.clear())) {
          bytes += count;
        }
      }
    }
    return bytes;
  }

  private static double decode(FieldOrder order, double seconds) throws IOException {
    int[] columns = {0, 1, 2};
    try (BufferAllocator allocator = new RootAllocator();
        ReadingLines lines = new ReadingLines(allocator, DECODED_ROWS, order);
        Block block = Block.allocate(allocator, Readings.SCHEMA, BLOCK_ROWS)) {
      JsonLinesDecoder decoder =
          new JsonLinesDecoder(Readings.SCHEMA, columns, JsonOptions.DEFAULT);
      return rate(seconds, () -> decode(decoder, lines, block));
    }
  }

  private static long decode(JsonLinesDecoder decoder, ReadingLines lines, Block block) {
    long rows = 0;
    int at = 0;
    while (at < lines.length()) {
      block.clear();
      at = decoder.decode(lines.address(), at, lines.length(), block, JsonRejects.IGNORE);
      rows += block.rowCount();
    }
    if (rows != lines.answer().rows()) {
      throw new IllegalStateException(rows + " rows decoded of " + lines.answer().rows());
    }
    return rows;
  }
}
