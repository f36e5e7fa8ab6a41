package io.millrace.connectors.rate;

import io.millrace.spi.Options;
import io.millrace.spi.Source;
import io.millrace.spi.SourceContext;
import io.millrace.spi.SourceProvider;
import io.millrace.types.AnalysisException;
import io.millrace.types.Schema;
import java.util.Optional;
import java.util.Set;

/**
 * So many rows per epoch, whatever the time: {@code timestamp TIMESTAMP, value BIGINT}. All rows of
 * an epoch have the same timestamp. Options: {@code rowsPerBatch} (must be given), {@code
 * startTimestamp} (0) and {@code advanceMillisPerBatch} (1000), both milliseconds, {@code
 * numPartitions} (accepted, without effect).
 */
public final class RateMicroBatchSourceProvider implements SourceProvider {
  private static final String ROWS_PER_BATCH = "rowsPerBatch";
  private static final String START_TIMESTAMP = "startTimestamp";
  private static final String ADVANCE = "advanceMillisPerBatch";
  private static final String NUM_PARTITIONS = "numPartitions";
  private static final long DEFAULT_ADVANCE_MS = 1_000;

  /** The year 10000 and beyond would still fit; what does not is a mistake. */
  private static final long MAX_MS = Long.MAX_VALUE / 1_000_000;

  @Override
  public String format() {
    return "rate-micro-batch";
  }

  @Override
  public Set<String> options() {
    return Set.of(ROWS_PER_BATCH, START_TIMESTAMP, ADVANCE, NUM_PARTITIONS);
  }

  @Override
  public Schema schema(Optional<Schema> requested, Options options) {
    steps(options);
    return RateSchema.check(requested, options.owner());
  }

  @Override
  public Source open(SourceContext context) {
    RateOptions.requireStreaming(context);
    return new RateMicroBatchSource(steps(context.options()), context.columns());
  }

  private static BatchSteps steps(Options options) {
    options.require(ROWS_PER_BATCH);
    RateOptions.positive(options, NUM_PARTITIONS, 1, Integer.MAX_VALUE);
    return new BatchSteps(
        RateOptions.positive(options, ROWS_PER_BATCH, 1, Integer.MAX_VALUE),
        milliseconds(options, START_TIMESTAMP, 0),
        milliseconds(options, ADVANCE, DEFAULT_ADVANCE_MS));
  }

  private static long milliseconds(Options options, String key, long otherwise) {
    long value = options.getLong(key, otherwise);
    if (value < 0 || value > MAX_MS) {
      throw new AnalysisException(
          options.owner() + ": option " + key + " is " + value + ", it must be 0 to " + MAX_MS);
    }
    return value;
  }
}
