package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Memory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class PartitionFolderTest {
  private static final Schema SCHEMA =
      Schema.parse(
          "b BOOLEAN, i8 TINYINT, i16 SMALLINT, i32 INT, i64 BIGINT, f FLOAT, d DOUBLE,"
              + " dec DECIMAL(20,2), day DATE, ts TIMESTAMP, `a b=c` INT");

  @Test
  void valuesAreAsSqlCastsThemToText() {
    try (BufferAllocator allocator = new RootAllocator();
        Block block = Block.allocate(allocator, SCHEMA, 64)) {
      for (int i = 0; i < SCHEMA.size(); i++) {
        block.column(i).setAllValid(2);
      }
      Memory.putByte(block.column(0).data(), (byte) 0b10);
      Memory.putByte(block.column(1).data() + 1, (byte) -128);
      Memory.putShort(block.column(2).data() + 2, (short) -300);
      Memory.putInt(block.column(3).data() + 4, 7);
      Memory.putLong(block.column(4).data() + 8, Long.MIN_VALUE);
      Memory.putFloat(block.column(5).data() + 4, 1.5f);
      Memory.putDouble(block.column(6).data() + 8, -0.1);
      Memory.putLong(block.column(7).data() + 16, -12345);
      Memory.putLong(block.column(7).data() + 24, -1);
      Memory.putInt(block.column(8).data() + 4, 20371);
      Memory.putLong(block.column(9).data() + 8, 1_760_097_660_500_000L);
      block.column(10).setNull(1);
      int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
      assertThat(PartitionFolder.of(SCHEMA, all, block, 1))
          .isEqualTo(
              "b=true/i8=-128/i16=-300/i32=7/i64=-9223372036854775808/f=1.5/d=-0.1/dec=-123.45/"
                  + "day=2025-10-10/ts=2025-10-10 12%3A01%3A00.5/"
                  + "a b%3Dc=__HIVE_DEFAULT_PARTITION__/");
      PartitionKey key = new PartitionKey(all);
      assertThat(key.read(block, 1).copy()).isEqualTo(key.read(block, 1));
      assertThat(new PartitionKey(all).read(block, 0)).isNotEqualTo(key.read(block, 1));
    }
  }

  @Test
  void noPartitionColumnsMeanNoFolder() {
    assertThat(PartitionFolder.of(SCHEMA, new int[0], null, 0)).isEmpty();
  }
}
