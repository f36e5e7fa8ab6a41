package io.millrace.state.journal;

/** Takes the records of a replay in the order of their sequence. */
@FunctionalInterface
public interface JournalVisitor {
  void record(JournalRecord record);
}
