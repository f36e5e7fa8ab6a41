package io.millrace.gateway.pipeline;

/**
 * A text in a pipeline file and where it stands.
 *
 * @param line of the text's beginning, from 1; of a block's {@code |} when it is a literal block
 * @param literal whether its lines are lines of the file
 */
record Scalar(String text, int line, boolean literal) {
  /** The file's line on which a line of the text stands, both from 1. */
  int lineOf(int lineInText) {
    return literal ? line + lineInText : line;
  }
}
