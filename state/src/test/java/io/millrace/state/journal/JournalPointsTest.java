package io.millrace.state.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.PointedStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No way of a journal to the disk is without crash points. */
class JournalPointsTest {
  @TempDir Path directory;
  private final PointedStorage storage = new PointedStorage();

  private Journal open(JournalKind kind, Durability durability) {
    return Journals.open(directory, storage, new JournalOptions(kind, durability, 300), storage);
  }

  @ParameterizedTest
  @EnumSource
  void everyStepHasItsPoints(JournalKind kind) throws IOException {
    long records = 0;
    for (Durability durability : Durability.values()) {
      try (Journal journal = open(kind, durability)) {
        Records.appendForced(journal, 12); // several segments
        journal.truncateAfter(journal.nextSequence() - 4);
        Records.append(journal, 3);
        journal.dropBefore(journal.nextSequence() - 2);
        records = journal.nextSequence();
      }
    }
    for (JournalKind other : List.of(JournalKind.FILE, JournalKind.CHRONICLE, kind)) {
      tearPlainFile();
      Files.createDirectory(Segment.queue(directory, records + 100).path()); // was being made
      try (Journal journal = open(other, Durability.DISK)) {
        assertThat(Records.replay(journal, journal.firstSequence())).isNotEmpty();
        Records.appendForced(journal, 1);
      }
    }
    assertThat(storage.requireAllPointed())
        .contains(
            CrashPoint.BEFORE_APPEND,
            CrashPoint.BEFORE_FILE_WRITE,
            CrashPoint.BEFORE_FORCE,
            CrashPoint.BEFORE_RENAME,
            CrashPoint.BEFORE_DELETE);
  }

  private void tearPlainFile() throws IOException {
    Segment last = SegmentList.of(storage, directory).segments().getLast();
    if (!last.isQueue()) {
      Files.write(last.path(), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    }
  }
}
