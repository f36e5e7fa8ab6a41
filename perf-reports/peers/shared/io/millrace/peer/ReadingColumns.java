package io.millrace.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file's readings as columns in memory. There is one set of them, because engines serialize the
 * functions that they are given.
 */
public final class ReadingColumns {
  private static final int FIRST_ROOM = 1 << 12;
  private static final Map<String, ReadingColumns> LOADED = new HashMap<>();

  private String[] deviceIds = new String[FIRST_ROOM];
  private long[] timesMs = new long[FIRST_ROOM];
  private double[] temperatures = new double[FIRST_ROOM];
  private int count;

  private ReadingColumns() {}

  /** Keeps files in memory; equal device names become one text. */
  public static void load(List<Path> files) throws IOException {
    Map<String, String> names = new HashMap<>();
    for (Path file : files) {
      ReadingColumns columns = new ReadingColumns();
      try (ReadingParser parser = new ReadingParser(file)) {
        while (parser.next()) {
          columns.add(
              names.computeIfAbsent(parser.deviceId, name -> name),
              parser.timeMs,
              parser.temperature);
        }
      }
      LOADED.put(file.toString(), columns);
    }
  }

  private void add(String deviceId, long timeMs, double temperature) {
    if (count == timesMs.length) {
      deviceIds = Arrays.copyOf(deviceIds, 2 * count);
      timesMs = Arrays.copyOf(timesMs, 2 * count);
      temperatures = Arrays.copyOf(temperatures, 2 * count);
    }
    deviceIds[count] = deviceId;
    timesMs[count] = timeMs;
    temperatures[count] = temperature;
    count++;
  }

  /** A file's readings: from memory if it was loaded, else parsed. */
  static ReadingCursor open(String file) throws IOException {
    ReadingColumns columns = LOADED.get(file);
    return columns == null ? new ReadingParser(Path.of(file)) : columns.new Cursor();
  }

  private final class Cursor extends ReadingCursor {
    private int next;

    @Override
    public boolean next() {
      if (next == count) {
        return false;
      }
      deviceId = deviceIds[next];
      timeMs = timesMs[next];
      temperature = temperatures[next];
      next++;
      return true;
    }
  }
}
