package io.millrace.benchmarks.data;

import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;

/**
 * A checksum over alerts (deviceId STRING, temperature DOUBLE, timestamp TIMESTAMP) that does not
 * depend on their order: the sum of a hash per row.
 */
public final class AlertChecksum {
  private AlertChecksum() {}

  /** One row's share. */
  public static long ofRow(long deviceHash, double temperature, long timestampUs) {
    long hash = (deviceHash * 31 + timestampUs) * 31 + Double.doubleToRawLongBits(temperature);
    hash *= 0x9E3779B97F4A7C15L;
    return hash ^ hash >>> 32;
  }

  /** Of a device's name, bytes from..to (exclusive). */
  public static long deviceHash(byte[] text, int from, int to) {
    long hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + text[i];
    }
    return hash;
  }

  /** The checksum of all rows of a block without nulls. */
  public static long of(Block alerts) {
    ColumnVector devices = alerts.column(0);
    long temperatures = alerts.column(1).data();
    long timestamps = alerts.column(2).data();
    long sum = 0;
    for (int row = 0; row < alerts.rowCount(); row++) {
      long hash = 0;
      long end = devices.data() + devices.offset(row + 1);
      for (long at = devices.data() + devices.offset(row); at < end; at++) {
        hash = hash * 31 + Memory.getByte(at);
      }
      sum +=
          ofRow(
              hash,
              Memory.getDouble(temperatures + 8L * row),
              Memory.getLong(timestamps + 8L * row));
    }
    return sum;
  }
}
