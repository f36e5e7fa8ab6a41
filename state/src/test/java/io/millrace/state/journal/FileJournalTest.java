package io.millrace.state.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.ForwardingStorage;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageFile;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileJournalTest extends JournalContract {
  @Override
  JournalKind kind() {
    return JournalKind.FILE;
  }

  /** A disk that loses power over the next force, or has no room for the end of the next write. */
  private static final class BrokenDisk extends ForwardingStorage {
    private boolean failForce;
    private boolean failWrite;
    private int writes;
    private int forces;

    @Override
    public StorageFile open(Path path, OpenMode mode) {
      return new ForwardingFile(super.open(path, mode)) {
        @Override
        public void write(ByteBuffer from, long position) {
          writes++;
          if (failWrite) {
            super.write(from.slice(from.position(), from.remaining() - 1), position);
            throw new MillraceException(ErrorCode.RESOURCES, "no space left");
          }
          super.write(from, position);
        }

        @Override
        public void force() {
          forces++;
          if (failForce) {
            throw new MillraceException(ErrorCode.RESOURCES, "input/output error");
          }
          super.force();
        }
      };
    }
  }

  @Test
  void aFailedForceEndsTheJournalAndItsFileIsNeverWrittenAgain() {
    BrokenDisk disk = new BrokenDisk();
    JournalOptions options = new JournalOptions(kind(), Durability.DISK);
    try (Journal journal = Journals.open(directory, disk, options, CrashPoints.NONE)) {
      Records.appendForced(journal, 3);
      Records.append(journal, 1);
      disk.failForce = true;
      assertThatThrownBy(journal::force).hasMessage("input/output error");
      disk.failForce = false;
      int writes = disk.writes;
      int forces = disk.forces;
      for (Runnable call :
          new Runnable[] {
            () -> Records.append(journal, 1),
            journal::force,
            () -> Records.replay(journal, 0),
            () -> journal.truncateAfter(0),
            () -> journal.dropBefore(2)
          }) {
        assertThatThrownBy(call::run)
            .isInstanceOfSatisfying(
                MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCES))
            .hasMessageContaining(directory.toString())
            .hasMessageContaining("input/output error");
      }
      assertThat(disk.writes).isEqualTo(writes);
      assertThat(disk.forces).isEqualTo(forces);
    }
    try (Journal journal = Journals.open(directory, disk, options, CrashPoints.NONE)) {
      assertThat(Records.replay(journal, 0)).containsExactly(0L, 1L, 2L, 3L);
    }
  }

  @Test
  void aFailedAppendMayBeRepeatedAlsoWithAnotherRecord() {
    BrokenDisk disk = new BrokenDisk();
    JournalOptions options = options(Durability.DISK, 300);
    try (Journal journal = Journals.open(directory, disk, options, CrashPoints.NONE)) {
      Records.append(journal, 2);
      for (int i = 0; i < 20; i++) {
        disk.failWrite = true;
        byte[] large = new byte[50];
        assertThatThrownBy(() -> journal.append(5, 5, ByteBuffer.wrap(large)))
            .hasMessage("no space left");
        disk.failWrite = false;
        Records.append(journal, 1);
        journal.force();
      }
      assertThat(Records.replay(journal, 0)).hasSize(22);
    }
    try (Journal journal = Journals.open(directory, disk, options, CrashPoints.NONE)) {
      assertThat(Records.replay(journal, 0)).hasSize(22);
    }
  }

  @Test
  void processDurabilityForcesOnlyFullSegmentsAndNotWhileAppending() {
    BrokenDisk disk = new BrokenDisk();
    JournalOptions options = options(Durability.PROCESS, 1_000);
    try (Journal journal = Journals.open(directory, disk, options, CrashPoints.NONE)) {
      Records.appendForced(journal, 5);
      for (int i = 0; i < 3; i++) {
        journal.append(0, 0, ByteBuffer.allocate(1_000));
      }
      assertThat(disk.forces).isZero();
      journal.dropBefore(0);
      assertThat(disk.forces).as("the last is not full").isEqualTo(3);
      journal.dropBefore(0);
      assertThat(disk.forces).isEqualTo(3);
    }
  }

  @Test
  void anAppendThatFailedLeavesNothingInAFullSegment() {
    BrokenDisk disk = new BrokenDisk();
    JournalOptions options = options(Durability.PROCESS, 300);
    try (Journal journal = Journals.open(directory, disk, options, CrashPoints.NONE)) {
      Records.append(journal, 1);
      disk.failWrite = true;
      assertThatThrownBy(() -> journal.append(5, 5, ByteBuffer.allocate(50)))
          .hasMessage("no space left");
      disk.failWrite = false;
      journal.append(1, 3, ByteBuffer.allocate(1_000));
    } // not finished, as when the process dies
    try (Journal journal = Journals.open(directory, disk, options, CrashPoints.NONE)) {
      assertThat(journal.nextSequence()).isEqualTo(2);
      assertThat(journal.recovery().cut()).isEmpty();
    }
  }

  @Test
  void fullSegmentsOfADeadProcessAreForcedByTheNext() {
    BrokenDisk disk = new BrokenDisk();
    JournalOptions options = options(Durability.PROCESS, 300);
    try (Journal journal = Journals.open(directory, disk, options, CrashPoints.NONE)) {
      Records.append(journal, 12);
      assertThat(disk.forces).isZero();
    }
    int segments = SegmentList.of(disk, directory).segments().size();
    assertThat(segments).isGreaterThan(2);
    for (int start = 0; start < 2; start++) {
      disk.forces = 0;
      try (Journal journal = Journals.open(directory, disk, options, CrashPoints.NONE)) {
        assertThat(Records.replay(journal, 0)).hasSize(12);
      }
      assertThat(disk.forces).isEqualTo(segments - 1);
    }
  }

  @Test
  void anUnprovenSegmentIsCopiedWhenItIsOpened() {
    BrokenDisk disk = new BrokenDisk();
    JournalOptions options = new JournalOptions(kind(), Durability.DISK);
    try (Journal journal = Journals.open(directory, disk, options, CrashPoints.NONE)) {
      Records.append(journal, 5);
    }
    disk.writes = 0;
    disk.forces = 0;
    try (Journal journal = Journals.open(directory, disk, options, CrashPoints.NONE)) {
      assertThat(disk.writes).isEqualTo(1);
      assertThat(disk.forces).isEqualTo(1);
      assertThat(Records.replay(journal, 0)).hasSize(5);
    }
  }

  @Test
  void aSegmentSizeOutOfRangeIsRefused() {
    assertThatThrownBy(() -> options(Durability.DISK, 47))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("48 to 1073741824 bytes");
  }

  @Test
  void otherFilesInTheDirectoryAreLeftAlone() {
    Storage files = new LocalStorage();
    files.createDirectories(directory);
    files.open(directory.resolve("99999999999999999999.journal"), OpenMode.CREATE).close();
    files.open(directory.resolve("notes.txt"), OpenMode.CREATE).close();
    JournalOptions options = new JournalOptions(kind(), Durability.DISK);
    try (Journal journal = Journals.open(directory, files, options, CrashPoints.NONE)) {
      Records.append(journal, 1);
    }
    assertThat(files.list(directory)).hasSize(3);
  }
}
