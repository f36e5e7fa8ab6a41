package io.millrace.perf.job;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came out, whatever its order: a count and checksums. There is one at a time, because some
 * engines serialize the functions that they are given; each of their threads adds to a {@link Part}
 * of its own.
 */
public final class Answer {
  private static Answer current;

  private final long closedUs;
  private final BufferedWriter rows;
  private final List<Part> parts = new ArrayList<>();

  private Answer(long closedUs, BufferedWriter rows) {
    this.closedUs = closedUs;
    this.rows = rows;
  }

  /**
   * @param closedUs windows that end later do not count: some engines give them out when the input
   *     ends, others keep them
   * @param rows gets each row as a line; null for none
   */
  static synchronized void begin(long closedUs, Path rows) throws IOException {
    current = new Answer(closedUs, rows == null ? null : Files.newBufferedWriter(rows));
  }

  /** For one thread. */
  public static synchronized Part part() {
    Part part = current.new Part();
    current.parts.add(part);
    return part;
  }

  /** What all threads have added, as JSON. */
  static synchronized String end() throws IOException {
    long count = 0;
    long checksum = 0;
    double sum = 0;
    for (Part part : current.parts) {
      count += part.count;
      checksum += part.checksum;
      sum += part.sum;
    }
    if (current.rows != null) {
      current.rows.close();
    }
    return String.format(
        Locale.ROOT, "{\"rows\":%d,\"checksum\":%d,\"sum\":%.17g}", count, checksum, sum);
  }

  /** One thread's rows. */
  public final class Part {
    private long count;
    private long checksum;
    private double sum;

    private Part() {}

    /** A row of device, time and temperature. */
    public void row(int device, long timeUs, double temperature) {
      count++;
      checksum += mix(mix(device, timeUs), Double.doubleToLongBits(temperature));
      if (rows != null) {
        write("%d %d %s%n", device, timeUs, temperature);
      }
    }

    /** A window of a device, and what was counted in it. */
    public void window(
        long startUs,
        long endUs,
        int device,
        long readings,
        double mean,
        double least,
        double greatest) {
      if (endUs > closedUs) {
        return;
      }
      count++;
      long hash = mix(mix(mix(device, startUs), endUs), readings);
      hash = mix(hash, Double.doubleToLongBits(least));
      checksum += mix(hash, Double.doubleToLongBits(greatest));
      sum += mean;
      if (rows != null) {
        write("%d %d %d %d %s %s %s%n", device, startUs, endUs, readings, mean, least, greatest);
      }
    }

    /** Rows that were only decoded: the sums of their columns. */
    public void decoded(long readings, long deviceBytes, long timesUs, double temperatures) {
      count += readings;
      checksum += deviceBytes + timesUs;
      sum += temperatures;
    }

    private void write(String format, Object... values) {
      synchronized (rows) {
        try {
          rows.write(String.format(Locale.ROOT, format, values));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** A device's name as a number: the hash of its text. */
  public static int device(byte[] name, int length) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + name[i];
    }
    return hash;
  }

  /** The same of a text, which knows it. */
  public static int device(String name) {
    return name.hashCode();
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
    return mixed ^ mixed >>> 32;
  }
}
