package io.millrace.state.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.FailingStorage;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each call in turn fails, once or from then on; a disk that is mended is all that is needed. */
class FailingStateTest {
  private static final int EPOCHS_BEFORE = 9;
  private static final int EPOCHS = 16;

  @TempDir Path parent;

  private static MiniatureState query(Path checkpoint, Storage storage, JournalKind kind) {
    JournalOptions options = new JournalOptions(kind, Durability.DISK, 1500);
    return new MiniatureState(checkpoint, storage, options, CrashPoints.NONE);
  }

  @ParameterizedTest
  @CsvSource({"FILE, false, 5", "FILE, true, 11", "CHRONICLE, false, 23", "CHRONICLE, true, 29"})
  void aFailedCallEndsTheQueryOrTheSnapshotAndLosesNothing(
      JournalKind kind, boolean sticky, int step) {
    boolean failed = true;
    long givenUp = 0;
    for (int call = 1; failed; call += step) {
      Path checkpoint = parent.resolve("ck" + call);
      query(checkpoint, new UnforcedStorage(), kind).run(EPOCHS_BEFORE);
      FailingStorage disk = new FailingStorage(call, sticky);
      MiniatureState failing = query(checkpoint, disk, kind);
      try {
        failing.run(EPOCHS);
        givenUp += failing.report().failed();
      } catch (MillraceException e) {
        assertThat(e.code()).as("call %d", call).isEqualTo(ErrorCode.RESOURCES);
        assertThat(e).hasMessageContaining(checkpoint.toString()).hasMessageContaining("error");
      }
      failed = disk.hasFailed();
      MiniatureState mended = query(checkpoint, new UnforcedStorage(), kind);
      assertThat(mended.run(EPOCHS + 1))
          .as("call %d", call)
          .isGreaterThanOrEqualTo(Math.max(failing.acknowledged(), EPOCHS_BEFORE - 1));
      assertThat(mended.report().fallbacks()).as("call %d", call).isZero();
    }
    assertThat(givenUp > 0 || sticky).as("snapshots are given up").isTrue();
  }
}
