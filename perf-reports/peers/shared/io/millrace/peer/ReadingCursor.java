package io.millrace.peer;

import java.io.IOException;

/** Readings one after another, each in the same fields. */
public abstract class ReadingCursor implements AutoCloseable {
  public String deviceId;
  public long timeMs;
  public double temperature;

  /**
   * @return whether there was another reading
   */
  public abstract boolean next() throws IOException;

  @Override
  public void close() throws IOException {}
}
