package io.millrace.vector.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.RandomBatches;
import io.millrace.vector.RandomBatches.Nulls;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashTest {
  private final BufferAllocator allocator = new RootAllocator();
  private final ByteBlock hashes = new ByteBlock(allocator, 8 * 4096);

  @AfterEach
  void everyByteIsGivenBack() {
    hashes.close();
    allocator.close();
  }

  /** Values that Apache Spark's documentation gives for its function hash. */
  @Test
  void sparksHashOfATextIsSparks() {
    assertThat(sparkHash(DataType.STRING, "ABC")).isEqualTo(-757602832);
    assertThat(sparkHash(DataType.STRING, "Spark")).isEqualTo(228093765);
  }

  @Test
  void sparksHashPassesNullsOverAndKnowsOneZero() {
    assertThat(sparkHash(DataType.INT, null)).isEqualTo(42);
    assertThat(sparkHash(DataType.DOUBLE, -0.0)).isEqualTo(sparkHash(DataType.DOUBLE, 0.0));
    assertThat(sparkHash(DataType.FLOAT, -0.0f)).isEqualTo(sparkHash(DataType.FLOAT, 0.0f));
    assertThat(sparkHash(DataType.DOUBLE, 1.0))
        .isEqualTo(sparkHash(DataType.BIGINT, Double.doubleToLongBits(1.0)));
  }

  private int sparkHash(DataType type, Object value) {
    try (Block block = Block.ofOne(allocator, type, 1)) {
      Cell.put(block.column(0), 0, value);
      SparkHash.start(hashes.address(), 0, 1);
      SparkHash.add(block.column(0), 0, 1, hashes.address());
      return Memory.getInt(hashes.address());
    }
  }

  @Test
  void equalKeysHashEqualAndOthersHardlyEver() {
    Schema schema = Schema.parse("a STRING, b BIGINT, c DOUBLE, d DECIMAL(20,2), e BOOLEAN, f INT");
    RandomBatches random = new RandomBatches(14);
    Map<List<Object>, Long> seen = new HashMap<>();
    Set<Long> distinct = new HashSet<>();
    try (Block block = random.block(allocator, schema, 4096, Nulls.SOME)) {
      KeyHash.start(hashes.address(), 0, 4096);
      for (int i = 0; i < schema.size(); i++) {
        KeyHash.add(block.column(i), 0, 4096, hashes.address());
      }
      for (int row = 0; row < 4096; row++) {
        List<Object> key = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
          Object value = Cell.get(block.column(i), row);
          key.add(value instanceof Double number ? (Double) (number + 0.0) : value);
        }
        long hash = Memory.getLong(hashes.address() + 8L * row);
        Long before = seen.put(key, hash);
        assertThat(before == null || before == hash).as("%s", key).isTrue();
        distinct.add(hash);
      }
    }
    assertThat(distinct).hasSize(seen.size());
  }

  /** The loops without nulls are loops of their own. */
  @Test
  void theSameValuesHashTheSameWithAndWithoutNulls() {
    for (DataType type : List.of(DataType.STRING, DataType.BIGINT, DataType.DOUBLE, DataType.INT)) {
      try (Block block = new RandomBatches(15).column(allocator, type, 100, Nulls.NONE)) {
        KeyHash.start(hashes.address(), 0, 100);
        KeyHash.add(block.column(0), 0, 100, hashes.address());
        long other = hashes.address() + 8 * 100;
        KeyHash.start(other, 0, 100);
        block.column(0).mayHaveNulls(true);
        KeyHash.add(block.column(0), 0, 100, other);
        for (int row = 0; row < 100; row++) {
          assertThat(Memory.getLong(other + 8L * row))
              .isEqualTo(Memory.getLong(hashes.address() + 8L * row));
        }
      }
    }
  }

  /** The checkpoint's format: what the definition gives, byte by byte. */
  @Test
  void bytesHashTheSameHoweverTheyAreRead() {
    for (int length = 0; length <= 40; length++) {
      for (int i = 0; i < length; i++) {
        Memory.putByte(hashes.address() + i, (byte) (37 * i + 200));
      }
      long hash = KeyHash.SEED ^ length;
      for (int at = 0; at < length; at += 8) {
        long word = 0;
        for (int i = at; i < Math.min(length, at + 8); i++) {
          word |= (Memory.getByte(hashes.address() + i) & 0xFFL) << 8 * (i - at);
        }
        hash = (Long.rotateLeft(hash, 23) ^ word) * 0xD6E8FEB86659FD93L + KeyHash.SEED;
      }
      assertThat(KeyHash.ofBytes(hashes.address(), length)).isEqualTo(KeyHash.mix(hash));
    }
  }

  @Test
  void lowBitsOfSequentialKeysSpread() {
    try (Block block = Block.ofOne(allocator, DataType.BIGINT, 4096)) {
      for (int row = 0; row < 4096; row++) {
        Cell.put(block.column(0), row, 1024L * row);
      }
      KeyHash.start(hashes.address(), 0, 4096);
      KeyHash.add(block.column(0), 0, 4096, hashes.address());
      int[] shards = new int[64];
      for (int row = 0; row < 4096; row++) {
        shards[(int) Memory.getLong(hashes.address() + 8L * row) & 63]++;
      }
      for (int rows : shards) {
        assertThat(rows).isBetween(30, 110);
      }
    }
  }
}
