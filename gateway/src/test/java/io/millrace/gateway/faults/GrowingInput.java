package io.millrace.gateway.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A directory to which files of readings are added atomically, and what {@link FaultyQuery} must
 * make of them. Some rows stand there several times, some files give no row.
 */
final class GrowingInput {
  static final int LIMIT = 40;

  /** Ids are event time, in seconds: they never go back. */
  static final int IDS_PER_WINDOW = 50;

  private static final int MAX_ROWS = 200;

  private final Path directory;
  private final Random random;
  private final List<String> expected = new ArrayList<>();
  private final Map<String, long[]> groups = new LinkedHashMap<>();
  private long lastId;
  private String lastRow = row(0, 50, 0);
  private int files;
  private long nextId = 1;

  GrowingInput(Path directory, Random random) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.random = random;
  }

  Path directory() {
    return directory;
  }

  int files() {
    return files;
  }

  /** The rows of the output, as {@link JsonOutput#rows} gives them. */
  List<String> expected() {
    return expected;
  }

  void addFile() throws IOException {
    StringBuilder text = new StringBuilder();
    int rows = random.nextInt(10) == 0 ? 1 : 1 + random.nextInt(MAX_ROWS);
    for (int i = 0; i < rows; i++) {
      boolean again = random.nextInt(8) == 0;
      if (!again) {
        lastRow = row(nextId, random.nextInt(100), random.nextInt(4));
        nextId++;
      }
      text.append(lastRow).append(i + 1 < rows || random.nextBoolean() ? "\n" : "");
      int value = Integer.parseInt(field(lastRow, "value"));
      String device = field(lastRow, "device");
      String id = field(lastRow, "id");
      group(Long.parseLong(id), device, value);
      if (value > LIMIT) {
        expected.add("device=" + device + " {\"id\":" + id + ",\"doubled\":" + 2 * value + "}");
      }
    }
    Path hidden = directory.resolve(".growing");
    Files.writeString(hidden, text);
    Path file = directory.resolve(String.format("readings-%06d.json", files++));
    Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void group(long id, String device, int value) {
    lastId = id;
    long[] group =
        groups.computeIfAbsent(id / IDS_PER_WINDOW + " " + device, key -> new long[] {id, 0, 0});
    group[1]++;
    group[2] += value;
  }

  /** The groups whose window is over. */
  List<String> expectedGroups() {
    List<String> rows = new ArrayList<>();
    groups.forEach(
        (key, group) -> {
          long end = (group[0] / IDS_PER_WINDOW + 1) * IDS_PER_WINDOW;
          if (end <= lastId) {
            rows.add(
                "{\"first\":%d,\"device\":\"%s\",\"n\":%d,\"total\":%d}"
                    .formatted(group[0], key.substring(key.indexOf(' ') + 1), group[1], group[2]));
          }
        });
    return rows;
  }

  private static String row(long id, int value, int device) {
    return "{\"id\":" + id + ",\"value\":" + value + ",\"device\":\"d" + device + "\"}";
  }

  private static String field(String row, String name) {
    int start = row.indexOf("\"" + name + "\":") + name.length() + 3;
    int end = row.indexOf(',', start);
    return row.substring(start, end < 0 ? row.length() - 1 : end).replace("\"", "");
  }
}
