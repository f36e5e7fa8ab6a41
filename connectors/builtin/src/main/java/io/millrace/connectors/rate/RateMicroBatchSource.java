package io.millrace.connectors.rate;

import io.millrace.spi.InputRange;
import io.millrace.spi.RangeReader;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.ReplayableSource;
import java.util.Optional;

/** Has a batch whenever it is asked; with a fixed end one. */
final class RateMicroBatchSource implements ReplayableSource {
  private final BatchSteps steps;
  private final int[] columns;
  private long nextValue;
  private long fixedEnd = Long.MAX_VALUE;

  RateMicroBatchSource(BatchSteps steps, int[] columns) {
    this.steps = steps;
    this.columns = columns;
  }

  @Override
  public String description() {
    return "rate-micro-batch[rowsPerBatch="
        + steps.rowsPerBatch()
        + ", startTimestamp="
        + steps.startMs()
        + ", advanceMillisPerBatch="
        + steps.advanceMs()
        + "]";
  }

  @Override
  public void restore(InputRange range) {
    nextValue = ValueRange.of(range).to();
  }

  /** A whole batch, whatever the limit: its rows belong together. */
  @Override
  public Optional<InputRange> plan(ReadLimit limit) {
    if (nextValue >= fixedEnd) {
      return Optional.empty();
    }
    ValueRange range = new ValueRange(nextValue, nextValue + steps.rowsPerBatch());
    nextValue = range.to();
    return Optional.of(range.withDetail(steps.encode()));
  }

  @Override
  public void fixEnd() {
    fixedEnd = nextValue + steps.rowsPerBatch();
  }

  @Override
  public RangeReader open(InputRange range) {
    return new RateReader(columns, ValueRange.of(range), BatchSteps.decode(range.detail()));
  }

  @Override
  public void close() {}
}
