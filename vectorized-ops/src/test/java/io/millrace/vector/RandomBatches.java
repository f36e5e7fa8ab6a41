package io.millrace.vector;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Seeded random blocks for any schema: extremes, NaN, negative zero, empty strings, non-ASCII text
 * and times before 1970 among ordinary values; some values repeat, so that equality happens.
 * Columns declared NOT NULL get no nulls; what lies under a null is garbage on purpose.
 *
 * <p>The seed comes from the system property {@code millrace.test.seed} or is fixed; put {@link
 * #toString} into a failing assertion's description and it tells how to replay.
 */
public final class RandomBatches {
  /** How many rows of a nullable column are null. */
  public enum Nulls {
    NONE(0),
    SOME(0.2),
    ALL(1);

    private final double share;

    Nulls(double share) {
      this.share = share;
    }
  }

  private static final String[] WORDS = {
    "",
    "a",
    "device-A",
    "device-B",
    "Ärger",
    "naïve café",
    "日本語",
    "😀 smile",
    "12345678",
    "123456789",
    " padded ",
    "%_\\",
    "0",
    "-17.5",
    "2025-10-10T12:01:00Z"
  };

  private final long seed;
  private final Random random;

  public RandomBatches(long seed) {
    this.seed = Long.getLong("millrace.test.seed", seed);
    this.random = new Random(this.seed);
  }

  public Random random() {
    return random;
  }

  /** A block of its own memory with that many rows; the caller closes it. */
  public Block block(BufferAllocator allocator, Schema schema, int rows, Nulls nulls) {
    Block block = Block.allocate(allocator, schema, Math.max(64, rows));
    for (int i = 0; i < schema.size(); i++) {
      fill(block.column(i), schema.field(i), rows, nulls);
    }
    block.rowCount(rows);
    return block;
  }

  /** A block of one nullable column. */
  public Block column(BufferAllocator allocator, DataType type, int rows, Nulls nulls) {
    return block(allocator, Schema.of(new Field("x", type, true)), rows, nulls);
  }

  private void fill(ColumnVector column, Field field, int rows, Nulls nulls) {
    double share = field.nullable() ? nulls.share : 0;
    column.setAllValid(column.rowCapacity());
    for (int row = 0; row < rows; row++) {
      Cell.put(column, row, value(field.type()));
      if (random.nextDouble() < share) {
        column.setNull(row);
      }
    }
    endOffsets(column, rows);
  }

  private static void endOffsets(ColumnVector column, int rows) {
    if (column.type().hasOffsets()) {
      for (int row = rows; row < column.rowCapacity(); row++) {
        column.offset(row + 1, column.offset(row));
      }
    } else {
      for (int i = 0; i < column.childCount(); i++) {
        endOffsets(column.child(i), rows);
      }
    }
  }

  /** A value of the type's class as {@link Cell} has it; never null. */
  public Object value(DataType type) {
    return switch (type) {
      case DataType.Simple simple ->
          switch (simple) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> (short) integer(Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> integer(Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> (float) floating(Float.MIN_VALUE, Float.MAX_VALUE);
            case DOUBLE -> floating(Double.MIN_VALUE, Double.MAX_VALUE);
            case DATE -> random.nextInt(-100_000, 100_000);
            case TIMESTAMP -> random.nextLong(-8_000_000_000_000_000L, 8_000_000_000_000_000L);
            case STRING -> text();
            case BINARY -> text().getBytes(StandardCharsets.UTF_8);
            case VOID -> throw new IllegalArgumentException("VOID has no values");
          };
      case DataType.Decimal decimal -> decimal(decimal);
      case DataType.Array array -> {
        List<Object> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          elements.add(inner(array.element(), array.containsNull()));
        }
        yield elements;
      }
      case DataType.Map map -> {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          entries.put(inner(map.key(), false), inner(map.value(), map.valueContainsNull()));
        }
        yield entries;
      }
      case DataType.Struct struct ->
          Row.of(
              struct.fields().fields().stream()
                  .map(field -> inner(field.type(), field.nullable()))
                  .toArray());
    };
  }

  /** A value inside a nested one: of the class that {@link Row} names, and sometimes null. */
  private Object inner(DataType type, boolean nullable) {
    Object value = value(type);
    if (nullable && random.nextInt(5) == 0) {
      return null;
    } else if (type == DataType.DATE) {
      return LocalDate.ofEpochDay((Integer) value);
    } else if (type == DataType.TIMESTAMP) {
      return Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
    }
    return value;
  }

  private long integer(long min, long max) {
    return switch (random.nextInt(8)) {
      case 0 -> min;
      case 1 -> max;
      case 2, 3, 4, 5 -> random.nextInt(-10, 11);
      default -> min + (random.nextLong() & Long.MAX_VALUE) % (max / 2);
    };
  }

  private double floating(double tiny, double huge) {
    return switch (random.nextInt(12)) {
      case 0 -> Double.NaN;
      case 1 -> -0.0;
      case 2 -> Double.NEGATIVE_INFINITY;
      case 3 -> Double.POSITIVE_INFINITY;
      case 4 -> tiny;
      case 5 -> -huge;
      case 6, 7, 8 -> random.nextInt(-10, 11);
      default -> random.nextGaussian() * 100;
    };
  }

  private BigDecimal decimal(DataType.Decimal type) {
    BigInteger largest = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
    BigInteger unscaled =
        switch (random.nextInt(6)) {
          case 0 -> largest;
          case 1 -> largest.negate();
          case 2, 3 -> BigInteger.valueOf(random.nextInt(-9, 10));
          default -> new BigInteger(128, random).mod(largest).subtract(largest.shiftRight(1));
        };
    return new BigDecimal(unscaled, type.scale());
  }

  private String text() {
    String word = WORDS[random.nextInt(WORDS.length)];
    return random.nextInt(4) == 0 ? word + WORDS[random.nextInt(WORDS.length)] : word;
  }

  @Override
  public String toString() {
    return "seed " + seed + "; replay with -Dmillrace.test.seed=" + seed;
  }
}
