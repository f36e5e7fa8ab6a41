package io.millrace.connectors.blackhole;

import io.millrace.spi.RowBatch;
import io.millrace.spi.Sink;

final class BlackholeSink implements Sink {
  private final String description;

  BlackholeSink(String description) {
    this.description = description;
  }

  @Override
  public Delivery delivery() {
    return Delivery.AT_LEAST_ONCE;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean begin(long epoch, int planChecksum) {
    return true;
  }

  @Override
  public void write(RowBatch rows) {}

  @Override
  public String commit(long epoch) {
    return "";
  }

  @Override
  public void close() {}
}
