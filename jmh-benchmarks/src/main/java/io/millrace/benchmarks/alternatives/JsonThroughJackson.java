package io.millrace.benchmarks.alternatives;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.benchmarks.RowBenchmark;
import io.millrace.benchmarks.data.AlertChecksum;
import io.millrace.benchmarks.data.Answer;
import io.millrace.benchmarks.data.FieldOrder;
import io.millrace.benchmarks.data.ReadingLines;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.time.TimestampParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * JSON lines into columns by Jackson's streaming parser, timestamps by the engine's own; beside it
 * {@code kernel.JsonDecode}.
 */
public class JsonThroughJackson extends RowBenchmark {
  private static final int ROWS = 65_536;
  private static final int BLOCK_ROWS = 8192;
  private static final double LIMIT = 100;

  /** In the order of alerts, so that their checksum can be taken. */
  private static final Schema SCHEMA =
      Schema.parse("deviceId STRING, temperature DOUBLE, timestamp TIMESTAMP");

  @Param({"STABLE", "SHUFFLED"})
  public FieldOrder order;

  private final JsonFactory factory = new JsonFactory();
  private final TimestampParser timestamps = new TimestampParser();
  private byte[] text;
  private Answer expected;
  private ByteBlock scratch;
  private Block block;
  private long rows;

  @Override
  protected void prepare(BufferAllocator memory) {
    try (ReadingLines lines = new ReadingLines(memory, ROWS, order)) {
      text = lines.toArray();
      expected = lines.answer();
    }
    scratch = new ByteBlock(memory, 64);
    block = Block.allocate(memory, SCHEMA, BLOCK_ROWS);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long decode() throws IOException {
    rows = 0;
    try (JsonParser parser = factory.createParser(text)) {
      block.clear();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        if (block.rowCount() == BLOCK_ROWS) {
          block.clear();
        }
        readRow(parser, block.rowCount());
        block.rowCount(block.rowCount() + 1);
        rows++;
      }
    }
    return rows;
  }

  private void readRow(JsonParser parser, int row) throws IOException {
    for (int i = 0; i < block.columnCount(); i++) {
      block.column(i).setNull(row);
    }
    block.column(0).offset(row + 1, block.column(0).offset(row));
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "deviceId" -> putText(parser, row);
        case "temperature" -> {
          Memory.putDouble(block.column(1).data() + 8L * row, parser.getDoubleValue());
          block.column(1).setValid(row);
        }
        case "timestamp" -> putTimestamp(parser, row);
        default -> parser.skipChildren();
      }
    }
  }

  private void putText(JsonParser parser, int row) throws IOException {
    ColumnVector column = block.column(0);
    int from = column.offset(row);
    int length = parser.getTextLength();
    column.reserveData((long) from + length);
    copyAscii(parser, column.data() + from);
    column.offset(row + 1, from + length);
    column.setValid(row);
  }

  private void putTimestamp(JsonParser parser, int row) throws IOException {
    copyAscii(parser, scratch.address());
    if (timestamps.parse(scratch.address(), parser.getTextLength())) {
      Memory.putLong(block.column(2).data() + 8L * row, timestamps.valueUs());
      block.column(2).setValid(row);
    }
  }

  /** The readings have no other characters. */
  private static void copyAscii(JsonParser parser, long to) throws IOException {
    char[] characters = parser.getTextCharacters();
    int from = parser.getTextOffset();
    int length = parser.getTextLength();
    for (int i = 0; i < length; i++) {
      Memory.putByte(to + i, (byte) characters[from + i]);
    }
  }

  @Override
  protected void check() {
    requireEqual("rows", expected.rows(), rows);
    Answer sum = Answer.NONE;
    try (JsonParser parser = factory.createParser(text)) {
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        block.clear();
        readRow(parser, 0);
        block.rowCount(1);
        boolean alert = Memory.getDouble(block.column(1).data()) > LIMIT;
        sum = sum.plus(new Answer(1, alert ? 1 : 0, alert ? AlertChecksum.of(block) : 0));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    expected.requireSame(sum);
  }

  @Override
  protected void release() {
    block.close();
    scratch.close();
  }
}
