package io.millrace.state.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WholeFileTest {
  private final Storage storage = new LocalStorage();

  @TempDir Path directory;

  private void write(CrashPoints points, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    WholeFile.write(storage, points, directory.resolve("m"), bytes, true);
  }

  private String read() {
    return new String(WholeFile.read(storage, directory.resolve("m")), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"BEFORE_FORCE", "AFTER_FORCE", "BEFORE_RENAME", "AFTER_RENAME"},
      mode = EnumSource.Mode.INCLUDE)
  void aCrashLeavesTheOldVersionOrTheNew(CrashPoint point) {
    write(CrashPoints.NONE, "the old and longer version");
    assertThatThrownBy(() -> write(new CrashAt(point, 1), "new")).isInstanceOf(CrashAt.Crash.class);
    assertThat(read())
        .isEqualTo(point == CrashPoint.AFTER_RENAME ? "new" : "the old and longer version");
    write(CrashPoints.NONE, "newer");
    assertThat(read()).isEqualTo("newer");
    assertThat(storage.list(directory)).hasSize(1);
  }

  @Test
  void anEmptyFileIsAFile() {
    write(CrashPoints.NONE, "");
    assertThat(read()).isEmpty();
  }
}
