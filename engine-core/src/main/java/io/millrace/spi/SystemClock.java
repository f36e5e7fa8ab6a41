package io.millrace.spi;

import java.time.Instant;

final class SystemClock implements Clock {
  @Override
  public long nowUs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
