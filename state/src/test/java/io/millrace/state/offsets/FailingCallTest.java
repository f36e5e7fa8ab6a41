package io.millrace.state.offsets;

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
class FailingCallTest {
  private static final int EPOCHS = 26;
  private static final int EPOCHS_BEFORE = 9;

  @TempDir Path parent;

  private static long run(
      Path checkpoint, Storage storage, JournalKind kind, MiniatureQuery.Sink sink, int epochs) {
    JournalOptions options = new JournalOptions(kind, Durability.DISK, 700);
    return new MiniatureQuery(checkpoint, storage, options, CrashPoints.NONE).run(sink, epochs);
  }

  @ParameterizedTest
  @CsvSource({"FILE, false, 1", "FILE, true, 1", "CHRONICLE, false, 2", "CHRONICLE, true, 3"})
  void aFailedCallEndsTheQueryByNameAndLosesNothing(JournalKind kind, boolean sticky, int step) {
    boolean failed = true;
    for (int call = 1; failed; call += step) {
      Path checkpoint = parent.resolve("ck" + call);
      MiniatureQuery.Sink sink = new MiniatureQuery.Sink();
      run(checkpoint, new UnforcedStorage(), kind, sink, EPOCHS_BEFORE);
      FailingStorage disk = new FailingStorage(call, sticky);
      try {
        run(checkpoint, disk, kind, sink, EPOCHS);
      } catch (MillraceException e) {
        assertThat(e.code()).as("call %d", call).isEqualTo(ErrorCode.RESOURCES);
        assertThat(e).hasMessageContaining(checkpoint.toString()).hasMessageContaining("error");
      }
      failed = disk.hasFailed();
      long acknowledged = sink.acknowledged();
      long found = run(checkpoint, new UnforcedStorage(), kind, sink, EPOCHS + 1);
      assertThat(found).as("call %d", call).isGreaterThanOrEqualTo(acknowledged);
      assertThat(sink.output()).isEqualTo(MiniatureQuery.letters(EPOCHS + 1));
    }
  }
}
