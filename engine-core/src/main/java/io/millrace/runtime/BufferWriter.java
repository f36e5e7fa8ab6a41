package io.millrace.runtime;

import io.millrace.spi.LiveWriter;
import java.nio.charset.StandardCharsets;

/** One connector's thread into a source's two inlets: a lane for rows, a lane for rejects. */
final class BufferWriter implements LiveWriter {
  private final LaneWriter rows;
  private final LaneWriter rejects;

  BufferWriter(LaneWriter rows, LaneWriter rejects) {
    this.rows = rows;
    this.rejects = rejects;
  }

  @Override
  public LiveWriter setBoolean(int column, boolean value) {
    rows.setBoolean(column, value);
    return this;
  }

  @Override
  public LiveWriter setInt(int column, int value) {
    rows.setInt(column, value);
    return this;
  }

  @Override
  public LiveWriter setLong(int column, long value) {
    rows.setLong(column, value);
    return this;
  }

  @Override
  public LiveWriter setDouble(int column, double value) {
    rows.setDouble(column, value);
    return this;
  }

  @Override
  public LiveWriter setTimestamp(int column, long timestampUs) {
    rows.setTimestamp(column, timestampUs);
    return this;
  }

  @Override
  public LiveWriter setBytes(int column, byte[] bytes, int offset, int length) {
    rows.setUtf8(column, bytes, offset, length);
    return this;
  }

  @Override
  public LiveWriter setBytes(int column, long address, int length) {
    rows.setBytes(column, address, length);
    return this;
  }

  @Override
  public boolean append() {
    return rows.append() >= 0;
  }

  /** In the columns of {@link RejectRecorder#SCHEMA}. */
  @Override
  public boolean reject(String origin, long offset, String reason, long address, int length) {
    byte[] from = origin.getBytes(StandardCharsets.UTF_8);
    byte[] why = reason.getBytes(StandardCharsets.UTF_8);
    rejects.setUtf8(0, from, 0, from.length).setLong(1, offset).setUtf8(2, why, 0, why.length);
    return rejects.setBytes(3, address, length).append() >= 0;
  }

  @Override
  public void close() {
    rows.close();
    rejects.close();
  }
}
