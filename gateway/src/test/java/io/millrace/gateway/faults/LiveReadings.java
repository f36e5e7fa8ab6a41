package io.millrace.gateway.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows that senders send, which follow from the sender and the row's number, and the groups
 * that {@link LiveQuery} must make of them.
 */
final class LiveReadings {
  static final List<String> SENDERS = List.of("a", "b");
  static final int WINDOW_SECONDS = 500;

  /** Rows are that far out of order at most: senders wait for each other and for what is safe. */
  static final int DELAY_SECONDS = 6_000;

  private static final int SECONDS_PER_ROW = 10;
  private static final int DEVICES = 4;

  private LiveReadings() {}

  static long seconds(int sender, long number) {
    return number * SECONDS_PER_ROW + sender;
  }

  static String device(int sender, long number) {
    return "d" + (number * 7 + sender) % DEVICES;
  }

  static int value(int sender, long number) {
    return (int) ((number * 31 + sender * 17) % 1_000);
  }

  /**
   * The groups of one window.
   *
   * @param rows of each sender; later ones are not there
   */
  static List<Group> window(long start, long rows) {
    long first = start / SECONDS_PER_ROW;
    long end = Math.min(rows, first + WINDOW_SECONDS / SECONDS_PER_ROW);
    Map<String, long[]> groups = new TreeMap<>();
    for (long number = first; number < end; number++) {
      for (int sender = 0; sender < SENDERS.size(); sender++) {
        long[] group = groups.computeIfAbsent(device(sender, number), name -> new long[2]);
        group[0]++;
        group[1] += value(sender, number);
      }
    }
    List<Group> all = new ArrayList<>();
    groups.forEach((device, group) -> all.add(new Group(start, device, group[0], group[1])));
    return all;
  }

  /** The groups of every window that begins before a time. */
  static List<Group> windows(long beforeSeconds, long rows) {
    List<Group> all = new ArrayList<>();
    for (long start = 0; start < beforeSeconds; start += WINDOW_SECONDS) {
      all.addAll(window(start, rows));
    }
    return all;
  }

  /** The start of the first window that is not over when that many rows of each sender are in. */
  static long openFrom(long rows) {
    long watermark = seconds(SENDERS.size() - 1, rows - 1) - DELAY_SECONDS;
    return Math.max(0, watermark / WINDOW_SECONDS * WINDOW_SECONDS);
  }

  /**
   * @param start of the window, in seconds since 1970
   */
  record Group(long start, String device, long count, long total) {
    /** As the json sink writes it. */
    String json() {
      return "{\"start\":%d,\"device\":\"%s\",\"n\":%d,\"total\":%d}"
          .formatted(start, device, count, total);
    }
  }
}
