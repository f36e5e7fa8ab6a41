package io.millrace.vector.aggregate;

import io.millrace.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Aggregates by their definition, over a group's arguments on the heap; overflow gives null. */
public final class AggregateModel {
  private static final BigInteger END = BigInteger.ONE.shiftLeft(127);

  private AggregateModel() {}

  /**
   * @param rows the arguments of each row that the filter lets through
   */
  public static Object result(AggregateSpec spec, List<List<Object>> rows) {
    List<List<Object>> taken = spec.distinct() ? distinct(rows) : rows;
    List<Object> values =
        taken.stream()
            .filter(r -> !r.isEmpty())
            .map(r -> r.get(0))
            .filter(Objects::nonNull)
            .toList();
    return switch (spec.function()) {
      case COUNT_ROWS -> (long) rows.size();
      case COUNT -> taken.stream().filter(row -> row.stream().noneMatch(Objects::isNull)).count();
      case SUM -> values.isEmpty() ? null : sum(spec.type(), values);
      case AVG -> values.isEmpty() ? null : average(spec.type(), values);
      case MIN -> extreme(values, -1);
      case MAX -> extreme(values, 1);
      case FIRST -> rows.isEmpty() ? null : rows.getFirst().get(0);
      case LAST -> rows.isEmpty() ? null : rows.getLast().get(0);
      case VARIANCE -> variance(values, 1, false);
      case VAR_POP -> variance(values, 0, false);
      case STDDEV -> variance(values, 1, true);
      case STDDEV_POP -> variance(values, 0, true);
      case COLLECT_LIST -> values;
      case COLLECT_SET ->
          distinct(values.stream().map(List::of).toList()).stream().map(row -> row.get(0)).toList();
      case MIN_BY -> by(rows, -1);
      case MAX_BY -> by(rows, 1);
    };
  }

  /** What stands for a value where equal ones are one: zero without a sign, bytes that compare. */
  public static Object normal(Object value) {
    return switch (value) {
      case Double number -> number + 0.0;
      case Float number -> number + 0.0f;
      case byte[] bytes -> ByteBuffer.wrap(bytes);
      case null -> null;
      default -> value;
    };
  }

  /** By first appearance, zeros without a sign. */
  private static List<List<Object>> distinct(List<List<Object>> rows) {
    Set<List<Object>> seen = new HashSet<>();
    List<List<Object>> result = new ArrayList<>();
    for (List<Object> row : rows) {
      if (row.stream().noneMatch(Objects::isNull)
          && seen.add(row.stream().map(AggregateModel::normal).toList())) {
        result.add(row.stream().map(v -> v instanceof byte[] ? v : normal(v)).toList());
      }
    }
    return result;
  }

  private static Object sum(DataType type, List<Object> values) {
    if (type == DataType.DOUBLE) {
      double sum = ((Number) values.getFirst()).doubleValue();
      for (Object value : values.subList(1, values.size())) {
        sum += ((Number) value).doubleValue();
      }
      return sum;
    }
    if (type instanceof DataType.Decimal decimal) {
      BigDecimal sum = exactSum(values, decimal.scale());
      return sum == null || sum.precision() > decimal.precision() ? null : sum;
    }
    try {
      long sum = 0;
      for (Object value : values) {
        sum = Math.addExact(sum, ((Number) value).longValue());
      }
      return sum;
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static BigDecimal exactSum(List<Object> values, int scale) {
    BigInteger sum = BigInteger.ZERO;
    for (Object value : values) {
      sum = sum.add(((BigDecimal) value).unscaledValue());
      if (sum.compareTo(END) >= 0 || sum.compareTo(END.negate()) < 0) {
        return null;
      }
    }
    return new BigDecimal(sum, scale);
  }

  private static Object average(DataType type, List<Object> values) {
    if (type instanceof DataType.Decimal decimal) {
      BigDecimal sum = exactSum(values, ((BigDecimal) values.getFirst()).scale());
      if (sum == null) {
        return null;
      }
      BigDecimal count = BigDecimal.valueOf(values.size());
      BigDecimal average = sum.divide(count, decimal.scale(), RoundingMode.HALF_UP);
      return average.precision() > decimal.precision() ? null : average;
    }
    double sum = 0;
    for (Object value : values) {
      sum += ((Number) value).doubleValue();
    }
    return sum / values.size();
  }

  private static Object variance(List<Object> values, int lostDegrees, boolean root) {
    double mean = 0;
    double squares = 0;
    long count = 0;
    for (Object value : values) {
      double distance = ((Number) value).doubleValue() - mean;
      double step = distance / ++count;
      mean += step;
      squares += distance * (distance - step);
    }
    if (count == 0 || count <= lostDegrees) {
      return null;
    }
    double variance = squares / (count - lostDegrees);
    return root ? Math.sqrt(variance) : variance;
  }

  private static Object extreme(List<Object> values, int sign) {
    Object best = null;
    for (Object value : values) {
      best = best == null || sign * compare(value, best) > 0 ? value : best;
    }
    return best;
  }

  private static Object by(List<List<Object>> rows, int sign) {
    List<Object> best = null;
    for (List<Object> row : rows) {
      if (row.get(1) != null && (best == null || sign * compare(row.get(1), best.get(1)) >= 0)) {
        best = row;
      }
    }
    return best == null ? null : best.get(0);
  }

  @SuppressWarnings("unchecked") // the other classes are comparable with themselves
  private static int compare(Object a, Object b) {
    return switch (a) {
      case String text -> compare(bytes(text), bytes((String) b));
      case byte[] bytes -> Arrays.compareUnsigned(bytes, (byte[]) b);
      case Double number -> Double.compare(number + 0.0, (Double) b + 0.0);
      case Float number -> Float.compare(number + 0.0f, (Float) b + 0.0f);
      default -> ((Comparable<Object>) a).compareTo(b);
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
