package io.millrace.physical;

/** Which groups a grouping operator gives out at the end of a batch: the output modes. */
public enum Emission {
  /** Groups that are over, once. */
  APPEND,
  /** Groups that rows of the batch fell into. */
  UPDATE,
  /** All groups. */
  COMPLETE
}
