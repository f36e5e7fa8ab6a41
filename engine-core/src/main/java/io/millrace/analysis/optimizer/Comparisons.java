package io.millrace.analysis.optimizer;

import io.millrace.plan.Operators;
import java.util.Optional;

/** The six comparison operators and their relations. */
final class Comparisons {
  private Comparisons() {}

  static boolean contains(String operator) {
    return inverse(operator).isPresent();
  }

  /** The operator that is true where this one is false; both are null on nulls. */
  static Optional<String> inverse(String operator) {
    return switch (operator) {
      case Operators.EQUAL -> Optional.of(Operators.NOT_EQUAL);
      case Operators.NOT_EQUAL -> Optional.of(Operators.EQUAL);
      case Operators.LESS -> Optional.of(Operators.GREATER_OR_EQUAL);
      case Operators.LESS_OR_EQUAL -> Optional.of(Operators.GREATER);
      case Operators.GREATER -> Optional.of(Operators.LESS_OR_EQUAL);
      case Operators.GREATER_OR_EQUAL -> Optional.of(Operators.LESS);
      default -> Optional.empty();
    };
  }

  /** The operator for the operands the other way round. */
  static String flipped(String operator) {
    return switch (operator) {
      case Operators.LESS -> Operators.GREATER;
      case Operators.LESS_OR_EQUAL -> Operators.GREATER_OR_EQUAL;
      case Operators.GREATER -> Operators.LESS;
      case Operators.GREATER_OR_EQUAL -> Operators.LESS_OR_EQUAL;
      default -> operator;
    };
  }
}
