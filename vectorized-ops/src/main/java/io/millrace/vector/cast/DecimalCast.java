package io.millrace.vector.cast;

import io.millrace.types.DataType;
import io.millrace.vector.bitmap.Bitmap;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.Memory;
import io.millrace.vector.text.NumberFormatter;
import java.math.BigInteger;

/** Conversions of DECIMAL. Integers lose the fraction and must hold the rest. */
final class DecimalCast {
  private static final int MICROSECOND_DIGITS = 6;

  private DecimalCast() {}

  static CastKernel ofDecimal(DataType.Decimal from, DataType to) {
    int scale = from.scale();
    if (to instanceof DataType.Decimal target) {
      return (RowCast)
          (c, row, out) -> {
            long source = c.data() + 16L * row;
            long address = out.data() + 16L * row;
            return DecimalScaling.isLong(source)
                ? DecimalScaling.write(Memory.getLong(source), scale, target, address)
                : DecimalScaling.write(Cell.getDecimal(source, scale), target, address);
          };
    }
    return switch ((DataType.Simple) to) {
      case BOOLEAN ->
          (RowCast)
              (c, row, out) -> {
                long source = c.data() + 16L * row;
                long bits = Memory.getLong(source) | Memory.getLong(source + 8);
                Bitmap.set(out.data(), row, bits != 0);
                return true;
              };
      case TINYINT, SMALLINT, INT, BIGINT -> toIntegral(scale, LongTarget.of(to));
      case TIMESTAMP -> toIntegral(scale - MICROSECOND_DIGITS, LongTarget.of(DataType.BIGINT));
      case FLOAT -> {
        NumberScratch scratch = new NumberScratch();
        yield (RowCast)
            (c, row, out) -> {
              int length = format(c.data() + 16L * row, scale, scratch);
              Memory.putFloat(out.data() + 4L * row, scratch.toFloat(length));
              return true;
            };
      }
      case DOUBLE -> {
        NumberScratch scratch = new NumberScratch();
        yield (RowCast)
            (c, row, out) -> {
              int length = format(c.data() + 16L * row, scale, scratch);
              Memory.putDouble(out.data() + 8L * row, scratch.toDouble(length));
              return true;
            };
      }
      case STRING, BINARY, DATE, VOID ->
          throw new IllegalArgumentException("assertion: no decimal becomes a " + to);
    };
  }

  /**
   * @param scale how many digits to cut off; negative: how many zeros to append
   */
  private static RowCast toIntegral(int scale, LongTarget target) {
    return (c, row, out) -> {
      long source = c.data() + 16L * row;
      if (scale >= 0 && scale <= 18 && DecimalScaling.isLong(source)) {
        return target.write(Memory.getLong(source) / DecimalScaling.power(scale), out, row);
      }
      BigInteger integer = Cell.getDecimal(source, scale).toBigInteger();
      return integer.bitLength() < Long.SIZE && target.write(integer.longValue(), out, row);
    };
  }

  private static int format(long source, int scale, NumberScratch scratch) {
    return NumberFormatter.formatDecimal(
        Memory.getLong(source), Memory.getLong(source + 8), scale, scratch.address());
  }
}
