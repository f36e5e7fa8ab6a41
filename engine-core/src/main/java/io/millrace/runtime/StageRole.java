package io.millrace.runtime;

/** What one thread of a ring does with the slots it is given, in their order. */
interface StageRole extends AutoCloseable {
  void run(Slot slot);

  /** Gives its memory back; no thread runs it any more. */
  @Override
  void close();
}
