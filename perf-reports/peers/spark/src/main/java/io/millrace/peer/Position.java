package io.millrace.peer;

import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.PartitionOffset;

/** The number of what comes next: a row, or a file. */
final class Position extends Offset implements PartitionOffset {
  private static final long serialVersionUID = 1;
  private final long number;

  Position(long number) {
    this.number = number;
  }

  long number() {
    return number;
  }

  @Override
  public String json() {
    return Long.toString(number);
  }
}
