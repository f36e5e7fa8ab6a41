package io.millrace.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class SystemClockTest {
  private static final long DRIFT_US = 2_000;

  @Test
  void readsTheMachinesWallClock() {
    for (int i = 0; i < 100_000; i++) {
      long beforeUs = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      long us = Clock.SYSTEM.nowUs();
      long afterUs = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      assertThat(us).isBetween(beforeUs - DRIFT_US, afterUs + DRIFT_US);
    }
  }
}
