package io.millrace.connectors.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Chunk;
import io.millrace.spi.Clock;
import io.millrace.spi.InputRange;
import io.millrace.spi.Options;
import io.millrace.spi.RangeReader;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.ReplayableSource;
import io.millrace.spi.SourceContext;
import io.millrace.spi.SourceProvider;
import io.millrace.state.storage.LocalStorage;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateSourceTest {
  private static final Schema SCHEMA = Schema.parse("timestamp TIMESTAMP, value BIGINT");
  private static final long START_US = 1_760_000_000_123_456L;

  private final BufferAllocator allocator = new RootAllocator();
  private final ManualClock clock = new ManualClock();

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  @Test
  void rangesFollowTheClockWithoutAGap() {
    ReplayableSource source = rate(Map.of("rowsPerSecond", "10"));

    assertThat(offsets(source.plan(ReadLimit.NONE))).isEqualTo("0-1");
    assertThat(source.plan(ReadLimit.NONE)).isEmpty();
    clock.nowUs += 99_999;
    assertThat(source.plan(ReadLimit.NONE)).isEmpty();
    clock.nowUs += 1;
    assertThat(offsets(source.plan(ReadLimit.NONE))).isEqualTo("1-2");
    clock.nowUs += 60_000_000;
    assertThat(offsets(source.plan(ReadLimit.NONE))).isEqualTo("2-602");
  }

  @Test
  void whatIsAvailableIsWhatPlanWouldTake() {
    ReplayableSource source = rate(Map.of("rowsPerSecond", "10"));
    clock.nowUs += 1_000_000;
    assertThat(source.available()).isEqualTo(11);
    source.plan(new ReadLimit(4, false));
    assertThat(source.available()).isEqualTo(7);
    clock.nowUs -= 2_000_000;
    assertThat(source.available()).isZero();
  }

  @Test
  void aClockThatGoesBackTakesNothingBack() {
    ReplayableSource source = rate(Map.of("rowsPerSecond", "10"));
    clock.nowUs += 1_000_000;
    source.plan(ReadLimit.NONE);
    clock.nowUs -= 500_000;
    assertThat(source.plan(ReadLimit.NONE)).isEmpty();
    clock.nowUs += 600_000;
    assertThat(offsets(source.plan(ReadLimit.NONE))).isEqualTo("11-12");
  }

  @Test
  void anEpochTakesNoMoreThanItsLimit() {
    ReplayableSource source = rate(Map.of("rowsPerSecond", "10"));
    clock.nowUs += 1_000_000;

    assertThat(offsets(source.plan(new ReadLimit(4, false)))).isEqualTo("0-4");
    assertThat(offsets(source.plan(new ReadLimit(100, false)))).isEqualTo("4-11");
    assertThat(source.plan(new ReadLimit(0, false))).isEmpty();
  }

  @Test
  void aFixedEndTakesNothingThatComesLater() {
    ReplayableSource source = rate(Map.of("rowsPerSecond", "10"));
    clock.nowUs += 1_000_000;
    source.fixEnd();
    clock.nowUs += 1_000_000;

    assertThat(offsets(source.plan(ReadLimit.NONE))).isEqualTo("0-11");
    assertThat(source.plan(ReadLimit.NONE)).isEmpty();
  }

  @Test
  void rowsAreTimesAndNumbers() {
    ReplayableSource source = rate(Map.of("rowsPerSecond", "2"));
    clock.nowUs += 1_000_000;

    assertThat(read(source, source.plan(ReadLimit.NONE).orElseThrow()))
        .containsExactly(
            Row.of(instant(START_US), 0L),
            Row.of(instant(START_US + 500_000), 1L),
            Row.of(instant(START_US + 1_000_000), 2L));
  }

  @Test
  void aLongRangeComesInSeveralChunks() {
    ReplayableSource source = rate(Map.of("rowsPerSecond", "1000"));
    clock.nowUs += 999_000;
    List<Row> rows = read(source, source.plan(ReadLimit.NONE).orElseThrow());

    assertThat(rows).hasSize(1_000);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).isEqualTo(Row.of(instant(START_US + i * 1_000L), (long) i));
    }
  }

  @Test
  void onlyTheColumnsThatAreReadAreMade() {
    ReplayableSource value = rate(Map.of(), 1);
    assertThat(read(value, value.plan(ReadLimit.NONE).orElseThrow(), 1))
        .containsExactly(Row.of(0L));
    ReplayableSource swapped = rate(Map.of(), 1, 0);
    assertThat(read(swapped, swapped.plan(ReadLimit.NONE).orElseThrow(), 1, 0))
        .containsExactly(Row.of(0L, instant(START_US)));
    ReplayableSource none = rate(Map.of());
    assertThat(
            read(rate(Map.of(), new int[0]), none.plan(ReadLimit.NONE).orElseThrow(), new int[0]))
        .containsExactly(Row.of());
  }

  @Test
  void aRestartGoesOnWhereThePlansEnd() {
    ReplayableSource before = rate(Map.of("rowsPerSecond", "10"));
    clock.nowUs += 1_000_000;
    InputRange first = before.plan(ReadLimit.NONE).orElseThrow();
    List<Row> firstRows = read(before, first);

    clock.nowUs += 5_000_000;
    ReplayableSource after = rate(Map.of("rowsPerSecond", "10"));
    after.restore(first);

    assertThat(read(after, first)).isEqualTo(firstRows);
    InputRange second = after.plan(ReadLimit.NONE).orElseThrow();
    assertThat(offsets(Optional.of(second))).isEqualTo("11-61");
    assertThat(read(after, second).getFirst())
        .isEqualTo(Row.of(instant(START_US + 1_100_000), 11L));
  }

  @Test
  void aRestartWithAnotherRateKeepsOldRangesAndGoesOnFromNow() {
    ReplayableSource before = rate(Map.of("rowsPerSecond", "10"));
    clock.nowUs += 1_000_000;
    InputRange first = before.plan(ReadLimit.NONE).orElseThrow();
    List<Row> firstRows = read(before, first);

    clock.nowUs += 5_000_000;
    ReplayableSource after = rate(Map.of("rowsPerSecond", "1000"));
    after.restore(first);
    clock.nowUs += 2_000;

    assertThat(read(after, first)).isEqualTo(firstRows);
    assertThat(read(after, after.plan(ReadLimit.NONE).orElseThrow()))
        .containsExactly(
            Row.of(instant(START_US + 6_000_000), 11L),
            Row.of(instant(START_US + 6_001_000), 12L),
            Row.of(instant(START_US + 6_002_000), 13L));
  }

  @Test
  void aDamagedRangeIsRefused() {
    ReplayableSource source = rate(Map.of());
    for (InputRange range :
        List.of(
            new InputRange("0", "1", ""),
            new InputRange("0", "1", "1 2 3"),
            new InputRange("0", "x", "1 2 3 4"))) {
      assertThatThrownBy(() -> source.restore(range))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT));
    }
  }

  @Test
  void wrongOptionsAreRefusedBeforeAnythingStarts() {
    refused("rate", Map.of("rowsPerSecond", "0"), "option rowsPerSecond is 0");
    refused("rate", Map.of("rowsPerSecond", "many"), "option rowsPerSecond is many");
    refused("rate", Map.of("rowsPerSecond", "1000000001"), "1 to 1000000000");
    refused("rate", Map.of("rampUpTime", "-1 second"), "option rampUpTime is -1 second");
    refused("rate", Map.of("numPartitions", "0"), "option numPartitions is 0");
    refused("rate-micro-batch", Map.of(), "option rowsPerBatch is missing");
    refused("rate-micro-batch", Map.of("rowsPerBatch", "0"), "option rowsPerBatch is 0");
    refused(
        "rate-micro-batch",
        Map.of("rowsPerBatch", "1", "startTimestamp", "-1"),
        "option startTimestamp is -1");
  }

  @Test
  void theColumnsAreFixed() {
    Options options = new Options("source rate", Map.of());

    assertThat(new RateSourceProvider().schema(Optional.empty(), options)).isEqualTo(SCHEMA);
    assertThat(new RateSourceProvider().schema(Optional.of(SCHEMA), options)).isEqualTo(SCHEMA);
    assertThatThrownBy(
            () -> new RateSourceProvider().schema(Optional.of(Schema.parse("a INT")), options))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("leave schema(...) out");
  }

  @Test
  void aTableCannotBeReadFromAStreamWithoutEnd() {
    SourceContext context = context(Map.of(), false, 0, 1);

    assertThatThrownBy(() -> new RateSourceProvider().open(context))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("readStream()");
  }

  @Test
  void microBatchesHaveOneTimestampEach() {
    ReplayableSource source =
        microBatch(
            Map.of("rowsPerBatch", "2", "startTimestamp", "5000", "advanceMillisPerBatch", "10"));
    InputRange first = source.plan(new ReadLimit(1, false)).orElseThrow();
    InputRange second = source.plan(ReadLimit.NONE).orElseThrow();

    assertThat(read(source, first))
        .containsExactly(
            Row.of(Instant.ofEpochMilli(5_000), 0L), Row.of(Instant.ofEpochMilli(5_000), 1L));
    assertThat(read(source, second))
        .containsExactly(
            Row.of(Instant.ofEpochMilli(5_010), 2L), Row.of(Instant.ofEpochMilli(5_010), 3L));
  }

  @Test
  void microBatchesGoOnAfterARestartAndEndWhereFixed() {
    Map<String, String> options = Map.of("rowsPerBatch", "2");
    InputRange first = microBatch(options).plan(ReadLimit.NONE).orElseThrow();
    ReplayableSource source = microBatch(options);
    source.restore(first);
    source.fixEnd();

    assertThat(offsets(source.plan(ReadLimit.NONE))).isEqualTo("2-4");
    assertThat(source.plan(ReadLimit.NONE)).isEmpty();
  }

  private static void refused(String format, Map<String, String> options, String message) {
    SourceProvider provider =
        format.equals("rate") ? new RateSourceProvider() : new RateMicroBatchSourceProvider();
    assertThatThrownBy(
            () -> provider.schema(Optional.empty(), new Options("source " + format, options)))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(message);
  }

  private ReplayableSource rate(Map<String, String> options) {
    return rate(options, 0, 1);
  }

  private ReplayableSource rate(Map<String, String> options, int... columns) {
    return (ReplayableSource) new RateSourceProvider().open(context(options, true, columns));
  }

  private ReplayableSource microBatch(Map<String, String> options) {
    return (ReplayableSource) new RateMicroBatchSourceProvider().open(context(options, true, 0, 1));
  }

  private SourceContext context(Map<String, String> options, boolean streaming, int... columns) {
    return new SourceContext(
        "rate",
        SCHEMA,
        columns,
        List.of(),
        new Options("source rate", options),
        streaming,
        allocator,
        new LocalStorage(),
        clock,
        null);
  }

  private static String offsets(Optional<InputRange> range) {
    return range.map(found -> found.start() + "-" + found.end()).orElse("none");
  }

  private List<Row> read(ReplayableSource source, InputRange range) {
    return read(source, range, 0, 1);
  }

  private List<Row> read(ReplayableSource source, InputRange range, int... columns) {
    List<Row> rows = new ArrayList<>();
    try (Block block = Block.allocate(allocator, SCHEMA.select(columns), 64);
        RangeReader reader = source.open(range)) {
      Chunk chunk = new Chunk(null, block);
      while (reader.read(chunk)) {
        rows.addAll(BlockReader.rows(block, 0, block.rowCount()));
      }
      assertThat(block.rowCount()).isZero();
    }
    return rows;
  }

  private static Instant instant(long timestampUs) {
    return Instant.EPOCH.plus(timestampUs, java.time.temporal.ChronoUnit.MICROS);
  }

  private static final class ManualClock implements Clock {
    private long nowUs = START_US;

    @Override
    public long nowUs() {
      return nowUs;
    }

    @Override
    public long nanoTime() {
      return nowUs * 1_000;
    }
  }
}
