package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first, the second ... call of one kind fails, until a run makes no more of them. A process
 * whose disk fails ends by itself and says where; one whose disk is full for a moment goes on. The
 * next process finds everything as it must be.
 */
@Tag("faults")
class InjectedErrorsTest {
  private static final int FILES = 6;

  private static final FaultReport REPORT =
      new FaultReport(
          "injected errors",
          "journal",
          "call",
          "error",
          "failed calls",
          "ended",
          "went on",
          "paused",
          "lost",
          "doubled");

  @TempDir Path directory;

  @BeforeAll
  static void requireMachine() throws IOException {
    Machine.requireEverything();
  }

  @AfterAll
  static void report() throws IOException {
    REPORT.write();
  }

  @ParameterizedTest
  @CsvSource({
    "chronicle, fsync, EIO",
    "chronicle, fdatasync, EIO",
    "chronicle, msync, EIO",
    "chronicle, fallocate, EIO",
    "chronicle, fallocate, ENOSPC",
    "chronicle, pwrite64, EIO",
    "chronicle, pwrite64, ENOSPC",
    "chronicle, rename, EIO",
    "file, fsync, EIO",
    "file, fdatasync, EIO",
    "file, msync, EIO",
    "file, fallocate, EIO",
    "file, fallocate, ENOSPC",
    "file, pwrite64, EIO",
    "file, pwrite64, ENOSPC",
    "file, rename, EIO"
  })
  void failedCallEndsTheProcessOrIsMadeGood(String journal, String call, String error)
      throws Exception {
    QuerySettings settings = new QuerySettings("fused", journal, "disk");
    GrowingInput input = new GrowingInput(directory.resolve("in"), new Random(Parameters.SEED));
    for (int i = 0; i < FILES; i++) {
      input.addFile();
    }
    int ended = 0;
    int wentOn = 0;
    long pauses = 0;
    boolean injected = true;
    for (int n = 1; injected && n <= Parameters.INJECTIONS; n++) {
      String when = call + " number " + n + " gives " + error;
      Path place = directory.resolve("place-" + n);
      Scene scene = new FileScene(directory, input, place, QueryShape.PLAIN);
      Strace strace = new Strace(directory.resolve("trace"));
      try (ChildJvm child = scene.start(strace.failing(call, error, n), settings, true)) {
        int status = child.awaitEnd();
        injected = strace.injected();
        scene.requireNothingTwice(when);
        if (status == 0) {
          scene.requireExact(when);
          wentOn += injected ? 1 : 0;
        } else {
          assertThat(injected).as(() -> when + ": " + child.printed()).isTrue();
          assertThat(child.printed()).as("%s: names the place", when).contains(directory + "");
          ended++;
        }
        pauses += child.report().pauses();
      }
      scene.runToTheEnd(settings);
      scene.requireExact(when + ", then a restart");
    }
    REPORT.add(journal, call, error, ended + wentOn, ended, wentOn, pauses, 0, 0);
  }
}
