package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.RowBatch;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockRowViewTest {
  private static final Schema SCHEMA =
      Schema.parse(
          "bo BOOLEAN, ti TINYINT, sm SMALLINT, it INT, bi BIGINT, fl FLOAT, do DOUBLE,"
              + " de DECIMAL(38,2), st STRING, by BINARY, da DATE, ts TIMESTAMP");
  private static final Row VALUES =
      Row.of(
          true,
          (byte) -1,
          (short) -2,
          -3,
          -4L,
          1.5f,
          2.5,
          new BigDecimal("-12.34"),
          "grün",
          new byte[] {1, 2},
          LocalDate.of(1969, 12, 31),
          Instant.parse("1969-12-31T23:59:59.999999Z"));
  private static final Row NULLS = Row.of(new Object[12]);

  private final BufferAllocator allocator = new RootAllocator();
  private final BlockRowView view = new BlockRowView();
  private final RowBatch batch = new RowBatch();
  private Block block;

  @BeforeEach
  void fill() {
    block = Block.allocate(allocator, SCHEMA, 64);
    BlockAppender.append(block, NULLS);
    BlockAppender.append(block, VALUES);
    batch.set(block, 1, 2).number(7, 100);
    view.set(batch, 1);
  }

  @AfterEach
  void nothingIsLeft() {
    block.close();
    allocator.close();
  }

  @Test
  void everyTypeHasItsGetter() {
    assertThat(view.getBoolean(0)).isTrue();
    assertThat(view.getInt(1)).isEqualTo(-1);
    assertThat(view.getInt(2)).isEqualTo(-2);
    assertThat(view.getInt(3)).isEqualTo(-3);
    assertThat(view.getLong(1)).isEqualTo(-1);
    assertThat(view.getLong(3)).isEqualTo(-3);
    assertThat(view.getLong(4)).isEqualTo(-4);
    assertThat(view.getFloat(5)).isEqualTo(1.5f);
    assertThat(view.getDouble(5)).isEqualTo(1.5);
    assertThat(view.getDouble(6)).isEqualTo(2.5);
    assertThat(view.getDecimal(7)).isEqualTo(new BigDecimal("-12.34"));
    assertThat(view.getUnscaledLong(7)).isEqualTo(-1234);
    assertThat(view.getString(8)).isEqualTo("grün");
    assertThat(view.getBinary(9)).containsExactly(1, 2);
    assertThat(view.getDateDays(10)).isEqualTo(-1);
    assertThat(view.getTimestampUs(11)).isEqualTo(-1);
    assertThat(view.toRow()).isEqualTo(VALUES);
    for (int i = 0; i < SCHEMA.size(); i++) {
      assertThat(view.isNull(i)).isFalse();
    }
  }

  @Test
  void rowsAreNumberedWithinTheEpoch() {
    batch.set(block, 0, 2).number(7, 100);

    assertThat(view.set(batch, 0).rowNumber()).isEqualTo(100);
    assertThat(view.set(batch, 1).rowNumber()).isEqualTo(101);
    assertThat(view.epoch()).isEqualTo(7);
  }

  @Test
  void nullsAreNullOrEmpty() {
    view.set(batch.set(block, 0, 1), 0);

    for (int i = 0; i < SCHEMA.size(); i++) {
      assertThat(view.isNull(i)).isTrue();
    }
    assertThat(view.getDecimal(7)).isNull();
    assertThat(view.getString(8)).isNull();
    assertThat(view.getBinary(9)).isNull();
    assertThat(view.utf8Length(8)).isZero();
    assertThat(view.getUtf8(8, new byte[4], 0)).isZero();
    assertThat(view.toRow()).isEqualTo(NULLS);
  }

  @Test
  void utf8IsCopiedAsFarAsThereIsRoom() {
    byte[] all = "grün".getBytes(StandardCharsets.UTF_8);
    byte[] roomy = new byte[8];
    byte[] tight = new byte[4];

    assertThat(view.utf8Length(8)).isEqualTo(5);
    assertThat(view.getUtf8(8, roomy, 2)).isEqualTo(5);
    assertThat(roomy).containsExactly(0, 0, all[0], all[1], all[2], all[3], all[4], 0);
    assertThat(view.getUtf8(8, tight, 1)).isEqualTo(5);
    assertThat(tight).containsExactly(0, all[0], all[1], all[2]);
    assertThat(view.getUtf8(8, tight, 4)).isEqualTo(5);
    assertThatThrownBy(() -> view.getUtf8(8, tight, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void columnsAreFoundByName() {
    assertThat(view.columnIndex("TS")).isEqualTo(11);
    assertThatThrownBy(() -> view.columnIndex("tz"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("did you mean");
  }

  @Test
  void theWrongGetterIsRefused() {
    assertWrong(() -> view.getInt(4), "column bi is BIGINT", "INT");
    assertWrong(() -> view.getLong(6), "column do is DOUBLE", "BIGINT");
    assertWrong(() -> view.getDouble(4), "DOUBLE");
    assertWrong(() -> view.getFloat(6), "FLOAT");
    assertWrong(() -> view.getBoolean(1), "BOOLEAN");
    assertWrong(() -> view.getString(9), "STRING");
    assertWrong(() -> view.getBinary(1), "BINARY");
    assertWrong(() -> view.getDecimal(6), "DECIMAL");
    assertWrong(() -> view.getTimestampUs(10), "TIMESTAMP");
    assertWrong(() -> view.getDateDays(11), "DATE");
    assertWrong(() -> view.isNull(12), "column 12");
    assertWrong(() -> view.getInt(-1), "column -1");
  }

  @Test
  void aDecimalThatNoLongHoldsIsRefused() {
    BlockAppender.append(block, row("92233720368547758.07"));
    BlockAppender.append(block, row("92233720368547758.08"));
    BlockAppender.append(block, row("-92233720368547758.08"));
    batch.set(block, 2, 5);

    assertThat(view.set(batch, 2).getUnscaledLong(7)).isEqualTo(Long.MAX_VALUE);
    assertThat(view.set(batch, 4).getUnscaledLong(7)).isEqualTo(Long.MIN_VALUE);
    view.set(batch, 3);
    assertThatThrownBy(() -> view.getUnscaledLong(7))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
        .hasMessageContaining("use getDecimal");
  }

  private static Row row(String decimal) {
    Object[] values = new Object[12];
    values[7] = new BigDecimal(decimal);
    return Row.of(values);
  }

  private static void assertWrong(ThrowingCallable getter, String... parts) {
    assertThatThrownBy(getter)
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLAN))
        .hasMessageContainingAll(parts);
  }
}
