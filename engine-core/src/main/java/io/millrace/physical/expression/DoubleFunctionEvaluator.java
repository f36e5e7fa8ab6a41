package io.millrace.physical.expression;

import io.millrace.analysis.BoundExpression;
import io.millrace.types.DataType;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.project.DoubleMath;

/** Functions of DOUBLE that give DOUBLE; a logarithm of zero or less is null, as in Spark. */
final class DoubleFunctionEvaluator extends StrictEvaluator {
  private final String function;

  DoubleFunctionEvaluator(BoundExpression.Apply call, EvaluationContext context) {
    for (BoundExpression argument : call.arguments()) {
      if (argument.type() != DataType.DOUBLE || call.type() != DataType.DOUBLE) {
        throw FunctionEvaluators.unsupported(call);
      }
    }
    super(call, call.arguments(), context);
    function = call.function();
  }

  @Override
  void compute(Block input, ColumnVector[] arguments, RowSelection rows) {
    long x = arguments[0].data();
    long y = arguments[arguments.length - 1].data();
    int from = rows.from();
    int to = rows.to();
    long results = result.data();
    switch (function) {
      case "sqrt" -> DoubleMath.sqrt(x, results, from, to);
      case "exp" -> DoubleMath.exp(x, results, from, to);
      case "pow", "power" -> DoubleMath.pow(x, y, results, from, to);
      case "sign", "signum" -> DoubleMath.sign(x, results, from, to);
      case "log10" -> DoubleMath.log10(x, results, from, to);
      case "ln", "log" -> {
        if (arguments.length == 2) {
          DoubleMath.logToBase(x, y, results, from, to);
        } else {
          DoubleMath.log(x, results, from, to);
        }
      }
      default -> throw new AssertionError(function);
    }
    if (function.startsWith("l")) {
      for (ColumnVector argument : arguments) {
        if (DoubleMath.clearNotPositive(argument.data(), result.validity(), from, to)) {
          result.mayHaveNulls(true);
        }
      }
    }
  }
}
