package io.millrace.connectors.rate;

import io.millrace.spi.Clock;
import io.millrace.spi.InputRange;
import io.millrace.spi.RangeReader;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.ReplayableSource;
import java.util.Optional;

/**
 * Plans the values whose time has come. After a restart it goes on along the timeline of the
 * checkpoint, so what was due meanwhile comes at once; with other options a new timeline begins at
 * the next value.
 */
final class RateSource implements ReplayableSource {
  private final RateSchedule schedule;
  private final int[] columns;
  private final Clock clock;
  private Timeline timeline;
  private long nextValue;
  private long fixedEnd = Long.MAX_VALUE;

  RateSource(RateSchedule schedule, int[] columns, Clock clock) {
    this.schedule = schedule;
    this.columns = columns;
    this.clock = clock;
    this.timeline = new Timeline(clock.nowUs(), 0, schedule);
  }

  @Override
  public String description() {
    return "rate[rowsPerSecond="
        + schedule.rowsPerSecond()
        + ", rampUpSeconds="
        + schedule.rampUpSeconds()
        + "]";
  }

  @Override
  public void restore(InputRange range) {
    nextValue = ValueRange.of(range).to();
    Timeline planned = Timeline.decode(range.detail());
    timeline =
        planned.schedule().equals(schedule)
            ? planned
            : new Timeline(clock.nowUs(), nextValue, schedule);
  }

  @Override
  public Optional<InputRange> plan(ReadLimit limit) {
    long count = Math.min(available(), limit.maxRows());
    if (count == 0) {
      return Optional.empty();
    }
    ValueRange range = new ValueRange(nextValue, nextValue + count);
    nextValue = range.to();
    return Optional.of(range.withDetail(timeline.encode()));
  }

  @Override
  public long available() {
    long end = Math.min(timeline.endValueAt(clock.nowUs()), fixedEnd);
    return Math.max(0, end - nextValue);
  }

  @Override
  public void fixEnd() {
    fixedEnd = timeline.endValueAt(clock.nowUs());
  }

  @Override
  public RangeReader open(InputRange range) {
    return new RateReader(columns, ValueRange.of(range), Timeline.decode(range.detail()));
  }

  @Override
  public void close() {}
}
