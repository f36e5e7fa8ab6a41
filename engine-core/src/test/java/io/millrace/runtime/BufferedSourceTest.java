package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.LiveBuffer;
import io.millrace.spi.LiveInput;
import io.millrace.spi.LiveWriter;
import io.millrace.spi.RowBatch;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.BlockReader;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BufferedSourceTest {
  private static final Schema ALL =
      Schema.parse("b BOOLEAN, i INT, l BIGINT, d DOUBLE, z TIMESTAMP, t STRING, x BINARY");

  private final BufferAllocator allocator = new RootAllocator();
  private final Input input = new Input();

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  /** Brings nothing by itself: the test has its buffer. */
  private static final class Input implements LiveInput {
    private LiveBuffer buffer;
    private boolean endFixed;
    private Runnable onClose = () -> {};

    @Override
    public String description() {
      return "test";
    }

    @Override
    public Map<String, Long> metrics() {
      return Map.of("seen", 3L);
    }

    @Override
    public void start(LiveBuffer into) {
      buffer = into;
    }

    @Override
    public void fixEnd() {
      endFixed = true;
    }

    @Override
    public void close() {
      onClose.run();
    }
  }

  private BufferedSource started(Schema schema) {
    BufferedSource source = new BufferedSource("test", input, schema, 64, allocator);
    source.start();
    return source;
  }

  private static List<Row> rows(BufferedSource source) {
    List<Row> rows = new ArrayList<>();
    RowBatch batch = new RowBatch();
    while (source.poll(batch, Long.MAX_VALUE)) {
      read(batch, rows);
    }
    return rows;
  }

  private static List<Row> rejects(BufferedSource source) {
    List<Row> rows = new ArrayList<>();
    RowBatch batch = new RowBatch();
    while (source.pollRejects(batch)) {
      read(batch, rows);
    }
    return rows;
  }

  private static void read(RowBatch batch, List<Row> into) {
    for (int i = batch.from(); i < batch.to(); i++) {
      into.add(BlockReader.row(batch.block(), i));
    }
  }

  @Test
  void everyTypeComesThrough() {
    byte[] bytes = " Ärger".getBytes(StandardCharsets.UTF_8);
    try (BufferedSource source = started(ALL);
        ByteBlock block = new ByteBlock(allocator, 16)) {
      Memory.copy(bytes, 0, block.address(), bytes.length);
      try (LiveWriter writer = input.buffer.newWriter()) {
        writer.setBoolean(0, true).setInt(1, 7).setLong(2, -8).setDouble(3, 1.5);
        writer.setTimestamp(4, 1_000_000).setBytes(5, bytes, 1, bytes.length - 1);
        assertThat(writer.setBytes(6, block.address(), 1).append()).isTrue();
        assertThat(writer.append()).isTrue();
      }
      assertThat(source.waiting()).isEqualTo(2);
      assertThat(rows(source))
          .containsExactly(
              Row.of(true, 7, -8L, 1.5, Instant.ofEpochSecond(1), "Ärger", new byte[] {' '}),
              Row.of(new Object[7]));
      assertThat(source.metrics()).containsEntry("seen", 3L);
      assertThat(source.description()).isEqualTo("test");
    }
  }

  @Test
  void rowsWithoutColumnsAreCounted() {
    try (BufferedSource source = started(new Schema(List.of()))) {
      LiveWriter writer = input.buffer.newWriter();
      writer.append();
      writer.append();
      assertThat(source.waiting()).isEqualTo(2);
      assertThat(rows(source)).hasSize(2);
    }
  }

  @Test
  void rejectsComeApartFromRowsAndWakeTheQuery() {
    AtomicInteger wakeUps = new AtomicInteger();
    try (BufferedSource source = started(Schema.parse("t STRING"));
        ByteBlock raw = new ByteBlock(allocator, 16)) {
      source.onArrival(wakeUps::incrementAndGet);
      Memory.putInt(raw.address(), 0x04030201);
      assertThat(source.hasArrived()).isFalse();
      assertThat(input.buffer.newWriter().reject("there", 42, "bad", raw.address(), 4)).isTrue();
      assertThat(wakeUps.get()).isPositive();
      assertThat(source.hasArrived()).isTrue();
      assertThat(source.hasRejects()).isTrue();
      assertThat(source.waiting()).isZero();
      assertThat(rejects(source))
          .containsExactly(Row.of("there", 42L, "bad", new byte[] {1, 2, 3, 4}));
      assertThat(source.hasArrived()).isFalse();
    }
  }

  @Test
  void aWriterThatWaitsForRoomIsLetGoBeforeTheInputIsClosed() throws InterruptedException {
    BufferedSource source = started(Schema.parse("l BIGINT"));
    LiveWriter writer = input.buffer.newWriter();
    CountDownLatch letGo = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              while (writer.setLong(0, 1).append()) {
                Thread.onSpinWait();
              }
              letGo.countDown();
            },
            "writer");
    thread.start();
    while (!source.isFull()) {
      Thread.onSpinWait();
    }
    input.onClose =
        () -> {
          try {
            letGo.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    source.close();
    thread.join();
  }

  @Test
  void rejectsThatFindNoRoomAreSomethingToLookAt() throws InterruptedException {
    try (BufferedSource source = started(Schema.parse("l BIGINT"));
        ByteBlock raw = new ByteBlock(allocator, 16)) {
      LiveWriter writer = input.buffer.newWriter();
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  assertThat(writer.reject("there", i, "bad", raw.address(), 0)).isTrue();
                }
              },
              "writer");
      thread.start();
      while (!source.isFull()) {
        Thread.onSpinWait();
      }
      int seen = 0;
      while (seen < 1_000) {
        seen += rejects(source).size();
      }
      assertThat(seen).isEqualTo(1_000);
      thread.join();
    }
  }

  @Test
  void theInputSaysWhenItHasEndedAndWhatItAppendedIsStillRead() {
    try (BufferedSource source = started(Schema.parse("l BIGINT"))) {
      LiveWriter writer = input.buffer.newWriter();
      writer.setLong(0, 1).append();
      source.fixEnd();
      assertThat(input.endFixed).isTrue();
      assertThat(source.ended()).isFalse();
      input.buffer.end();
      assertThat(writer.setLong(0, 2).append()).isFalse();
      assertThat(source.ended()).isTrue();
      assertThat(rows(source)).containsExactly(Row.of(1L));
    }
  }

  @Test
  void aFailureOfTheInputIsThrownAtTheQuery() {
    try (BufferedSource source = started(Schema.parse("l BIGINT"))) {
      AtomicInteger wakeUps = new AtomicInteger();
      source.onArrival(wakeUps::incrementAndGet);
      input.buffer.fail(new IllegalStateException("broken"));
      assertThat(wakeUps).hasValue(1);
      assertThat(source.hasArrived()).isTrue();
      assertThatThrownBy(source::waiting).hasMessage("broken");
      assertThatThrownBy(() -> source.poll(new RowBatch(), 1)).hasMessage("broken");
    }
  }

  @Test
  void anInputThatWasNeverStartedIsClosed() {
    AtomicInteger closed = new AtomicInteger();
    input.onClose = closed::incrementAndGet;
    new BufferedSource("test", input, ALL, 64, allocator).close();
    assertThat(closed).hasValue(1);
  }
}
