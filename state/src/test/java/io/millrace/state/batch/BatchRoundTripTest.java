package io.millrace.state.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.Schema;
import io.millrace.vector.RandomBatches;
import io.millrace.vector.RandomBatches.Nulls;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockReader;
import io.millrace.vector.column.ByteBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchRoundTripTest {
  private static final Schema ALL_TYPES =
      Schema.parse(
          "a BOOLEAN, b TINYINT, c SMALLINT, d INT, e BIGINT, f FLOAT, g DOUBLE, h STRING, i BINARY,"
              + " j DATE, k TIMESTAMP, l DECIMAL(10,2), m DECIMAL(38,6), n BIGINT NOT NULL,"
              + " o STRING NOT NULL");
  private static final int[] ROWS = {0, 1, 63, 64, 65, 1025};

  private final BufferAllocator allocator = new RootAllocator();
  private final RandomBatches random = new RandomBatches(3);

  @AfterEach
  void allMemoryIsBack() {
    allocator.close();
  }

  private ByteBlock encode(Block block, int from, int to, BatchCompression compression) {
    ByteBlock bytes = new ByteBlock(allocator, 8);
    try (BatchEncoder encoder = new BatchEncoder(allocator, compression)) {
      encoder.encode(block, from, to, bytes);
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeComesBack(BatchCompression compression) throws BadBatchException {
    try (BatchDecoder decoder = new BatchDecoder(allocator, ALL_TYPES)) {
      for (int rows : ROWS) {
        for (Nulls nulls : Nulls.values()) {
          try (Block block = random.block(allocator, ALL_TYPES, rows, nulls)) {
            for (int from : new int[] {0, rows / 3, rows}) {
              requireSame(block, from, rows, compression, decoder);
            }
          }
        }
      }
    }
  }

  private void requireSame(
      Block block, int from, int to, BatchCompression compression, BatchDecoder decoder)
      throws BadBatchException {
    try (ByteBlock bytes = encode(block, from, to, compression)) {
      Block decoded = decoder.decode(bytes, 0, bytes.length(), to - from);
      assertThat(decoded.rowCount()).isEqualTo(to - from);
      assertThat(BlockReader.rows(decoded, 0, to - from))
          .as("%s: rows %d to %d", random, from, to)
          .isEqualTo(BlockReader.rows(block, from, to));
    }
  }

  @Test
  void arrowReadsIt() throws IOException {
    for (int rows : new int[] {1, 65, 1000}) {
      try (Block block = random.block(allocator, ALL_TYPES, rows, Nulls.SOME);
          ByteBlock bytes = encode(block, 0, rows, BatchCompression.NONE);
          VectorSchemaRoot root = VectorSchemaRoot.create(ALL_TYPES.toArrow(), allocator)) {
        byte[] copy = new byte[bytes.length()];
        bytes.view(0, copy.length).get(copy);
        ReadChannel in = new ReadChannel(Channels.newChannel(new ByteArrayInputStream(copy)));
        try (ArrowRecordBatch batch = MessageSerializer.deserializeRecordBatch(in, allocator)) {
          new VectorLoader(root).load(batch);
        }
        Block lent = Block.borrow(ALL_TYPES, root);
        assertThat(BlockReader.rows(lent, 0, rows)).isEqualTo(BlockReader.rows(block, 0, rows));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverTheBytesAreNothingElseIsTouched(BatchCompression compression) {
    Random bits = random.random();
    int refused = 0;
    try (Block block = random.block(allocator, ALL_TYPES, 100, Nulls.SOME);
        ByteBlock right = encode(block, 0, 100, compression);
        ByteBlock bytes = new ByteBlock(allocator, right.length());
        BatchDecoder decoder = new BatchDecoder(allocator, ALL_TYPES)) {
      for (int i = 0; i < 3_000; i++) {
        bytes.length(right.length());
        bytes.view(0, right.length()).put(right.view(0, right.length()));
        int reach = i % 2 == 0 ? right.length() : 700; // the metadata comes first
        for (int change = 0; change <= i % 3; change++) {
          bytes.view(bits.nextInt(reach), 1).put((byte) bits.nextInt());
        }
        int length = i % 7 == 0 ? bits.nextInt(right.length()) : right.length();
        try {
          Block decoded = decoder.decode(bytes, 0, length, 100);
          assertThat(decoded.rowCount()).isEqualTo(100);
        } catch (BadBatchException e) {
          refused++;
        }
      }
    }
    assertThat(refused).as("%s", random).isGreaterThan(500);
  }

  @Test
  void anotherNumberOfRowsIsRefused() {
    try (Block block = random.block(allocator, ALL_TYPES, 3, Nulls.NONE);
        ByteBlock bytes = encode(block, 0, 3, BatchCompression.NONE);
        BatchDecoder decoder = new BatchDecoder(allocator, ALL_TYPES)) {
      for (int rows : new int[] {-1, 2, 4, Integer.MAX_VALUE}) {
        assertThatThrownBy(() -> decoder.decode(bytes, 0, bytes.length(), rows))
            .isInstanceOf(BadBatchException.class)
            .hasMessageContaining("rows");
      }
    }
  }

  @Test
  void aBatchKeepsItsLimitOrHasOneRow() {
    Schema schema = Schema.parse("s STRING");
    try (Block block = random.block(allocator, schema, 1000, Nulls.NONE)) {
      int rows = 0;
      int end;
      for (int from = 0; from < 1000; from = end) {
        end = BatchRows.end(block, from, 200);
        assertThat(end == from + 1 || BatchRows.sizeBytes(block, from, end) <= 200).isTrue();
        rows += end - from;
      }
      assertThat(rows).isEqualTo(1000);
    }
  }
}
