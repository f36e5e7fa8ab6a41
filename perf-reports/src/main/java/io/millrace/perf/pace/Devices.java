package io.millrace.perf.pace;

import java.nio.charset.StandardCharsets;

/** The senders of readings. */
public final class Devices {
  static final int COUNT = 100;

  private Devices() {}

  /** All names, in ASCII. */
  public static byte[][] names() {
    byte[][] names = new byte[COUNT][];
    for (int i = 0; i < COUNT; i++) {
      names[i] = name(i).getBytes(StandardCharsets.US_ASCII);
    }
    return names;
  }

  /** The name of a row's sender. */
  public static String name(long row) {
    return String.format("device-%03d", row % COUNT);
  }
}
