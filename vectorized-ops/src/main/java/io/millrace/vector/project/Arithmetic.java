package io.millrace.vector.project;

/** The arithmetic operators of two operands. */
public enum Arithmetic {
  ADD,
  SUBTRACT,
  MULTIPLY,
  /** The quotient; of integers, truncated toward zero. */
  DIVIDE,
  /** What is left by a division that truncates toward zero; it has the dividend's sign. */
  REMAINDER
}
