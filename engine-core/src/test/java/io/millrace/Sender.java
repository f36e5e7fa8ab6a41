package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Row;
import java.util.List;

/**
 * Somebody outside of the process who has rows, numbers them from 0, and after each start of the
 * query sends again what it was not told is safe. What it was told once must stay safe. For all
 * threads.
 */
final class Sender {
  private final String name;
  private final List<Row> rows;
  private long safe = -1;
  private int sent;
  private int taken;

  Sender(String name, List<Row> rows) {
    this.name = name;
    this.rows = List.copyOf(rows);
  }

  String name() {
    return name;
  }

  /** A query starts that does not know anything of the sender yet. */
  synchronized void connect() {
    sent = 0;
    taken = 0;
  }

  /** The query says where the sender is to go on. */
  synchronized void goOnBehind(long sequence) {
    assertThat(sequence).as("what %s was told is safe is lost", name).isGreaterThanOrEqualTo(safe);
    assertThat(sequence).as("rows that %s has not sent", name).isLessThan(rows.size());
    safe = sequence;
    sent = Math.toIntExact(sequence + 1);
    taken = sent;
  }

  /** All that was taken is safe. */
  synchronized void safe() {
    safe = taken - 1L;
  }

  /** Lets so many more rows wait at the door. */
  synchronized void send(int count) {
    sent = Math.min(rows.size(), sent + count);
  }

  /** Whether it was told that every row is safe. */
  synchronized boolean isDone() {
    return safe == rows.size() - 1;
  }

  synchronized boolean hasSentAll() {
    return sent == rows.size();
  }

  synchronized int waiting() {
    return sent - taken;
  }

  /** The number of the next row that is taken. */
  synchronized int next() {
    return taken;
  }

  synchronized Row take() {
    return rows.get(taken++);
  }
}
