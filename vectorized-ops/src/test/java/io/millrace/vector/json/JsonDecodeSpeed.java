package io.millrace.vector.json;

import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Prints how fast lines of a device, a timestamp and a temperature are decoded on one core: the
 * first ten million rows of the process, then the rounds after them.
 *
 * <p>Arguments: {@code stable} or {@code shuffled}, the number of devices, and {@code layout} or
 * {@code any} (any: without the layout path), the needed columns such as {@code 02}.
 */
public final class JsonDecodeSpeed {
  private static final int LINES = 100_000;
  private static final long COLD_ROWS = 10_000_000;

  private JsonDecodeSpeed() {}

  public static void main(String[] arguments) {
    boolean shuffled = arguments.length > 0 && arguments[0].equals("shuffled");
    int devices = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    boolean useLayout = arguments.length < 3 || !arguments[2].equals("any");
    int[] needed =
        arguments.length < 4
            ? new int[] {0, 1, 2}
            : arguments[3].chars().map(c -> c - '0').filter(c -> c >= 0).toArray();
    Schema schema = Schema.parse("deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE");
    byte[] text = text(shuffled, devices);
    try (BufferAllocator allocator = new RootAllocator();
        ByteBlock bytes = new ByteBlock(allocator, text.length);
        Block block = Block.allocate(allocator, schema.select(needed), 8192)) {
      Memory.copy(text, 0, bytes.address(), text.length);
      JsonLinesDecoder decoder =
          new JsonLinesDecoder(schema, needed, JsonOptions.DEFAULT, useLayout);
      for (int round = 0; round < 5; round++) {
        long start = cpuNanos();
        long rows = 0;
        while (rows < COLD_ROWS) {
          rows += decodeAll(decoder, bytes.address(), text.length, block);
        }
        double seconds = (cpuNanos() - start) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "round %d: %.1f million rows/s, %.0f MB/s, %d rejects%n",
            round,
            rows / seconds / 1e6,
            rows / seconds * text.length / LINES / 1e6,
            decoder.rejectCount());
      }
    }
  }

  /** This thread's time on a core, so that other processes count less. */
  private static long cpuNanos() {
    return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long decodeAll(JsonLinesDecoder decoder, long address, int length, Block block) {
    long rows = 0;
    int at = 0;
    while (at < length) {
      block.clear();
      at = decoder.decode(address, at, length, block, JsonRejects.IGNORE);
      rows += block.rowCount();
    }
    return rows;
  }

  private static byte[] text(boolean shuffled, int devices) {
    SplittableRandom random = new SplittableRandom(1);
    java.util.Random order = new java.util.Random(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      List<String> fields =
          new java.util.ArrayList<>(
              List.of(
                  "\"deviceId\": \"device-" + random.nextInt(devices) + "\"",
                  String.format(
                      Locale.ROOT,
                      "\"timestamp\": \"2025-10-10T12:%02d:%02dZ\"",
                      i / 60 % 60,
                      i % 60),
                  "\"temperature\": " + (devices == 1 ? 65.5 : random.nextInt(400, 1100) / 10.0)));
      if (shuffled) {
        Collections.shuffle(fields, order);
      }
      text.append('{').append(String.join(", ", fields)).append("}\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
