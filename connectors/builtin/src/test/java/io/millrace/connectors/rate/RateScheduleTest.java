package io.millrace.connectors.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateScheduleTest {
  private final BufferAllocator allocator = new RootAllocator();
  private final ByteBlock scratch = new ByteBlock(allocator, 400 * Long.BYTES);

  @AfterEach
  void nothingIsLeft() {
    scratch.close();
    allocator.close();
  }

  @Test
  void valuesAreSpreadEvenlyOverTheSecond() {
    RateSchedule schedule = new RateSchedule(4, 0);

    assertThat(timestamps(schedule, 0, 6))
        .containsExactly(0, 250_000, 500_000, 750_000, 1_000_000, 1_250_000);
    assertThat(timestamps(new RateSchedule(3, 0), 0, 4))
        .containsExactly(0, 333_333, 666_666, 1_000_000);
  }

  @Test
  void theRampUpIsSparks() {
    RateSchedule schedule = new RateSchedule(10, 4);
    long[] valuesBeforeSecond = {0, 2, 6, 12, 20, 30, 40};

    for (int second = 0; second < valuesBeforeSecond.length; second++) {
      assertThat(schedule.valuesBy(second * 1_000_000L - 1)).isEqualTo(valuesBeforeSecond[second]);
    }
  }

  @Test
  void beforeTheStartThereIsNothing() {
    assertThat(new RateSchedule(10, 0).valuesBy(-1)).isZero();
    assertThat(new RateSchedule(10, 0).valuesBy(Long.MIN_VALUE)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "3, 0",
    "7, 3",
    "1000, 0",
    "999999, 5",
    "1000000, 0",
    "7654321, 2",
    "1000000000, 0",
    "2, 10",
    "1000000000, 100000"
  })
  void aValueIsThereFromItsTimestampOn(long rowsPerSecond, long rampUpSeconds) {
    RateSchedule schedule = new RateSchedule(rowsPerSecond, rampUpSeconds);
    Random random = new Random(rowsPerSecond + rampUpSeconds);
    for (int i = 0; i < 500; i++) {
      long value = random.nextLong(10 * rowsPerSecond + 100);
      long timestampUs = timestamps(schedule, value, 1)[0];

      assertThat(schedule.valuesBy(timestampUs)).isGreaterThan(value);
      assertThat(schedule.valuesBy(timestampUs - 1)).isLessThanOrEqualTo(value);
    }
  }

  @Test
  void anyCutGivesTheSameTimestamps() {
    RateSchedule schedule = new RateSchedule(50, 3);
    long[] whole = timestamps(schedule, 0, 400);
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      int from = random.nextInt(400);
      int count = random.nextInt(401 - from);
      long[] part = timestamps(schedule, from, count);

      assertThat(part).isEqualTo(java.util.Arrays.copyOfRange(whole, from, from + count));
    }
    assertThat(whole).isSorted();
  }

  private long[] timestamps(RateSchedule schedule, long first, int count) {
    schedule.writeTimestamps(first, count, 0, scratch.address());
    long[] timestamps = new long[count];
    for (int i = 0; i < count; i++) {
      timestamps[i] = Memory.getLong(scratch.address() + 8L * i);
    }
    return timestamps;
  }
}
