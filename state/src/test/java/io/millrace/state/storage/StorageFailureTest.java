package io.millrace.state.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StorageFailureTest {
  private static String message(IOException cause) {
    return StorageFailure.of(Path.of("ck/a"), "write", cause).getMessage();
  }

  @Test
  void messagesSayWhatToDo() {
    assertThat(message(new AccessDeniedException("ck")))
        .isEqualTo(
            "ck/a: write: permission denied: ck; give this user read and write permission, or"
                + " choose another place");
    assertThat(message(new IOException("No space left on device")))
        .isEqualTo("ck/a: write: No space left on device; free some space and start again");
    assertThat(message(new FileSystemException("ck", null, "Read-only file system")))
        .isEqualTo("ck/a: write: Read-only file system; mount it writable or choose another place");
    assertThat(message(new IOException("Input/output error")))
        .isEqualTo("ck/a: write: Input/output error");
    assertThat(message(new FileSystemException("ck"))).contains("FileSystemException: ck");
  }
}
