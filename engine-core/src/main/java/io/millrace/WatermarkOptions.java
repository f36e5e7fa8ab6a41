package io.millrace;

import io.millrace.spi.Durations;
import io.millrace.types.AnalysisException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a watermark does about inputs that fall silent and about clocks that run ahead. What is not
 * said here is taken from the options of the same names of the streaming sources below.
 *
 * @param idleTimeoutUs microseconds, more than 0
 * @param maxFutureSkewUs microseconds, more than 0
 */
public record WatermarkOptions(OptionalLong idleTimeoutUs, OptionalLong maxFutureSkewUs) {
  /** Nothing said. */
  public static WatermarkOptions of() {
    return new WatermarkOptions(OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * After how long without rows an input no longer holds the watermark back.
   *
   * @param duration such as {@code "30 seconds"}
   * @throws AnalysisException if it is no positive duration
   */
  public WatermarkOptions idleTimeout(String duration) {
    return new WatermarkOptions(us("idleTimeout", duration), maxFutureSkewUs);
  }

  public WatermarkOptions idleTimeout(Duration duration) {
    return idleTimeout(Durations.text(duration));
  }

  /**
   * How far event time may run ahead of the arrival time; rows beyond are put aside and counted.
   *
   * @param duration such as {@code "1 minute"}
   * @throws AnalysisException if it is no positive duration
   */
  public WatermarkOptions maxFutureSkew(String duration) {
    return new WatermarkOptions(idleTimeoutUs, us("maxFutureSkew", duration));
  }

  public WatermarkOptions maxFutureSkew(Duration duration) {
    return maxFutureSkew(Durations.text(duration));
  }

  private static OptionalLong us(String name, String duration) {
    return OptionalLong.of(Durations.positiveUs("withWatermark: " + name, duration));
  }
}
