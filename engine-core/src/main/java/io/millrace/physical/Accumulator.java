package io.millrace.physical;

import io.millrace.analysis.ResolvedPlan;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** One aggregate of one group over values on the heap; nulls are left out, as SQL asks. */
interface Accumulator {
  /** Takes a row's argument values. */
  void add(Object[] values);

  /** The aggregate of what was added. */
  Object result();

  /**
   * @throws AnalysisException if there is no such aggregate over a bounded input
   */
  static Accumulator of(ResolvedPlan.AggregateCall call) {
    return switch (call.function()) {
      case "count" -> new Count();
      case "sum" -> new Sum(call);
      case "avg" -> new Average(call);
      case "min" -> new Extreme(-1);
      case "max" -> new Extreme(1);
      case "first" -> new First();
      case "last" -> new Last();
      case "variance" -> new Variance(1, false);
      case "var_pop" -> new Variance(0, false);
      case "stddev" -> new Variance(1, true);
      case "stddev_pop" -> new Variance(0, true);
      case "bool_and" -> new Bool(true);
      case "bool_or" -> new Bool(false);
      default ->
          throw new AnalysisException(
              call.function()
                  + " is not supported yet; use count, sum, avg, min, max, first, last, variance or"
                  + " stddev");
    };
  }

  /** Counts rows, or rows in which no argument is null. */
  final class Count implements Accumulator {
    private long rows;

    @Override
    public void add(Object[] values) {
      for (Object value : values) {
        if (value == null) {
          return;
        }
      }
      rows++;
    }

    @Override
    public Object result() {
      return rows;
    }
  }

  /** Adds in the result's type; an overflow is an error. */
  final class Sum implements Accumulator {
    private final ResolvedPlan.AggregateCall call;
    private Object sum;

    Sum(ResolvedPlan.AggregateCall call) {
      this.call = call;
    }

    @Override
    public void add(Object[] values) {
      if (values[0] != null) {
        Object value = inType(values[0]);
        sum = sum == null ? value : plus(sum, value);
      }
    }

    private Object inType(Object value) {
      return switch (call.type()) {
        case DataType.Decimal ignored -> value;
        default ->
            call.type() == DataType.DOUBLE
                ? (Object) ((Number) value).doubleValue()
                : ((Number) value).longValue();
      };
    }

    private Object plus(Object a, Object b) {
      try {
        return switch (a) {
          case Double number -> number + (Double) b;
          case BigDecimal number -> number.add((BigDecimal) b);
          default -> Math.addExact((Long) a, (Long) b);
        };
      } catch (ArithmeticException e) {
        throw overflow();
      }
    }

    private MillraceException overflow() {
      return new MillraceException(
          ErrorCode.DATA,
          call.name()
              + ": the sum does not fit "
              + call.type().sql()
              + "; CAST the argument to a wider type");
    }

    @Override
    public Object result() {
      if (sum instanceof BigDecimal number
          && call.type() instanceof DataType.Decimal decimal
          && number.precision() - number.scale() > decimal.precision() - decimal.scale()) {
        throw overflow();
      }
      return sum;
    }
  }

  /** Sum divided by count, in the result's type. */
  final class Average implements Accumulator {
    private final DataType type;
    private double sum;
    private BigDecimal exactSum = BigDecimal.ZERO;
    private long count;

    Average(ResolvedPlan.AggregateCall call) {
      this.type = call.type();
    }

    @Override
    public void add(Object[] values) {
      if (values[0] == null) {
        return;
      }
      count++;
      if (values[0] instanceof BigDecimal number) {
        exactSum = exactSum.add(number);
      } else {
        sum += ((Number) values[0]).doubleValue();
      }
    }

    @Override
    public Object result() {
      if (count == 0) {
        return null;
      }
      return type instanceof DataType.Decimal decimal
          ? exactSum.divide(BigDecimal.valueOf(count), decimal.scale(), RoundingMode.HALF_UP)
          : (Object) (sum / count);
    }
  }

  /**
   * Mean squared distance from the mean, or its root, by Welford's algorithm (B. P. Welford, Note
   * on a Method for Calculating Corrected Sums of Squares and Products, Technometrics 4(3), 1962):
   * values that are large beside their spread lose no digits, as they would in a sum of squares. A
   * sample of one value has no variance: null.
   */
  final class Variance implements Accumulator {
    private final int lostDegrees;
    private final boolean root;
    private long count;
    private double mean;
    private double squares;

    /**
     * @param lostDegrees what is taken from the count to divide by: 1 for a sample, 0 for all
     *     values
     * @param root whether the standard deviation is asked for
     */
    Variance(int lostDegrees, boolean root) {
      this.lostDegrees = lostDegrees;
      this.root = root;
    }

    @Override
    public void add(Object[] values) {
      if (values[0] == null) {
        return;
      }
      double value = ((Number) values[0]).doubleValue();
      count++;
      double distance = value - mean;
      double step = distance / count;
      mean += step;
      squares += distance * (distance - step); // in this order the last digit is Spark's, too
    }

    @Override
    public Object result() {
      if (count <= lostDegrees) {
        return null;
      }
      double variance = squares / (count - lostDegrees);
      return root ? Math.sqrt(variance) : variance;
    }
  }

  /** The least or the greatest value. */
  final class Extreme implements Accumulator {
    private final int sign;
    private Object best;

    /**
     * @param sign -1 for the least, 1 for the greatest
     */
    Extreme(int sign) {
      this.sign = sign;
    }

    @Override
    public void add(Object[] values) {
      Object value = values[0];
      if (value != null && (best == null || sign * SqlOrder.ASCENDING.compare(value, best) > 0)) {
        best = value;
      }
    }

    @Override
    public Object result() {
      return best;
    }
  }

  /** The first row's value, null or not. */
  final class First implements Accumulator {
    private boolean any;
    private Object value;

    @Override
    public void add(Object[] values) {
      if (!any) {
        any = true;
        value = values[0];
      }
    }

    @Override
    public Object result() {
      return value;
    }
  }

  /** The last row's value, null or not. */
  final class Last implements Accumulator {
    private Object value;

    @Override
    public void add(Object[] values) {
      value = values[0];
    }

    @Override
    public Object result() {
      return value;
    }
  }

  /** Whether all, or any, are true; null if there is no value. */
  final class Bool implements Accumulator {
    private final boolean all;
    private Boolean result;

    Bool(boolean all) {
      this.all = all;
    }

    @Override
    public void add(Object[] values) {
      if (values[0] != null) {
        boolean value = (Boolean) values[0];
        result = result == null ? value : all ? result && value : result || value;
      }
    }

    @Override
    public Object result() {
      return result;
    }
  }
}
