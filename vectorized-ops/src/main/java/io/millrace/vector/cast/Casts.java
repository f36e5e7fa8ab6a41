package io.millrace.vector.cast;

import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.TypeConversions;

/** Finds the kernel for a pair of types. */
public final class Casts {
  private Casts() {}

  /**
   * A kernel from one type to another that differs from it, neither of them VOID.
   *
   * @throws AnalysisException if there is no such conversion, see {@link TypeConversions#isLegal}
   */
  public static CastKernel kernel(DataType from, DataType to) {
    if (!TypeConversions.isLegal(from, to)) {
      throw new AnalysisException(
          "there is no conversion from "
              + from.sql()
              + " to "
              + to.sql()
              + "; go by way of STRING");
    } else if (from.isVariableWidth() && to.isVariableWidth()) {
      return FormatCast::copyBytes;
    } else if (to == DataType.STRING) {
      return new FormatCast(from);
    } else if (from == DataType.STRING) {
      return new ParseCast(to);
    } else if (from == DataType.DATE) {
      return (RowCast) TemporalCast::dateToTimestamp;
    } else if (from == DataType.TIMESTAMP) {
      return TemporalCast.ofTimestamp(to);
    } else if (from instanceof DataType.Decimal decimal) {
      return DecimalCast.ofDecimal(decimal, to);
    } else if (from.isFloating()) {
      return FloatingCast.ofFloating(from, to);
    }
    return IntegralCast.ofIntegral(from, to);
  }
}
