package io.millrace.vector.filter;

/** How two values relate. Every order here is total, so that three loops do for six operators. */
public enum Comparison {
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL;

  /** The comparison that holds with the operands changed round. */
  public Comparison flipped() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
    };
  }

  /** Whether {@link #loop} computes the opposite, so that its words are to be inverted. */
  boolean isInverted() {
    return this == NOT_EQUAL || this == LESS_OR_EQUAL || this == GREATER_OR_EQUAL;
  }

  /** All ones if the loop's words are to be inverted. */
  long invert() {
    return isInverted() ? -1L : 0L;
  }

  /** EQUAL, LESS or GREATER: the one of the three that is this or its opposite. */
  Comparison loop() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> EQUAL;
      case LESS, GREATER_OR_EQUAL -> LESS;
      case GREATER, LESS_OR_EQUAL -> GREATER;
    };
  }

  /** Whether this holds for an {@link Integer#compare} result. */
  public boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
