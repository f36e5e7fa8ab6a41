package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import java.nio.file.Path;

class ChronicleJournalTest extends JournalContract {
  @Override
  Journal open(Path directory, Storage storage, JournalOptions options, CrashPoints points) {
    return JournalKind.CHRONICLE.open(directory, storage, options, points);
  }

  @Override
  int hitStep() {
    return 5;
  }
}
