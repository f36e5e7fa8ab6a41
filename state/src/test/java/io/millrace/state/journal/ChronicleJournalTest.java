package io.millrace.state.journal;

class ChronicleJournalTest extends JournalContract {
  @Override
  JournalKind kind() {
    return JournalKind.CHRONICLE;
  }

  @Override
  int hitStep() {
    return 5;
  }
}
