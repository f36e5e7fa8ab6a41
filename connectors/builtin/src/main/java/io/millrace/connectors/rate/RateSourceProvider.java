package io.millrace.connectors.rate;

import io.millrace.spi.Options;
import io.millrace.spi.Source;
import io.millrace.spi.SourceContext;
import io.millrace.spi.SourceProvider;
import io.millrace.types.AnalysisException;
import io.millrace.types.Schema;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * So many rows per second: {@code timestamp TIMESTAMP, value BIGINT}, values from 0 without a gap,
 * across restarts too. Options: {@code rowsPerSecond} (1), {@code rampUpTime} (0 seconds), {@code
 * numPartitions} (accepted, without effect: one thread makes all rows).
 */
public final class RateSourceProvider implements SourceProvider {
  private static final String ROWS_PER_SECOND = "rowsPerSecond";
  private static final String RAMP_UP_TIME = "rampUpTime";
  private static final String NUM_PARTITIONS = "numPartitions";

  @Override
  public String format() {
    return "rate";
  }

  @Override
  public Set<String> options() {
    return Set.of(ROWS_PER_SECOND, RAMP_UP_TIME, NUM_PARTITIONS);
  }

  @Override
  public Schema schema(Optional<Schema> requested, Options options) {
    schedule(options);
    return RateSchema.check(requested, options.owner());
  }

  @Override
  public Source open(SourceContext context) {
    RateOptions.requireStreaming(context);
    return new RateSource(schedule(context.options()), context.columns(), context.clock());
  }

  private static RateSchedule schedule(Options options) {
    RateOptions.positive(options, NUM_PARTITIONS, 1, Integer.MAX_VALUE);
    long rowsPerSecond =
        RateOptions.positive(options, ROWS_PER_SECOND, 1, RateSchedule.MAX_ROWS_PER_SECOND);
    Duration rampUp = options.getDuration(RAMP_UP_TIME, Duration.ZERO);
    if (rampUp.isNegative() || rampUp.getSeconds() > Integer.MAX_VALUE) {
      throw new AnalysisException(
          options.owner()
              + ": option rampUpTime is "
              + options.require(RAMP_UP_TIME)
              + ", it must not be negative and at most "
              + Integer.MAX_VALUE
              + " seconds");
    }
    return new RateSchedule(rowsPerSecond, rampUp.getSeconds());
  }
}
