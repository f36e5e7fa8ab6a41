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
        .isEqualTo("ck/a: write: No space left on device; free some space");
    assertThat(message(new FileSystemException("ck", null, "Read-only file system")))
        .isEqualTo("ck/a: write: Read-only file system; mount it writable or choose another place");
    assertThat(message(new IOException("Input/output error")))
        .isEqualTo("ck/a: write: Input/output error");
    assertThat(message(new FileSystemException("ck"))).contains("FileSystemException: ck");
  }

  @Test
  void fullDisksAndQuotasAreRecognisedUnlessAForceFailed() {
    IOException full = new IOException("No space left on device");
    IOException quota = new FileSystemException("ck/a", null, "Disk quota exceeded");
    Path path = Path.of("ck/a");
    assertThat(StorageFailure.of(path, "write", full)).isInstanceOf(StorageFullException.class);
    assertThat(StorageFailure.of(path, "open", quota))
        .isInstanceOf(StorageFullException.class)
        .hasMessage("ck/a: open: Disk quota exceeded; raise the quota or free some space");
    assertThat(StorageFailure.of(path, "open", new IOException()))
        .isNotInstanceOf(StorageFullException.class);
    assertThat(StorageFailure.ofForce(path, "force", full))
        .isNotInstanceOf(StorageFullException.class)
        .hasMessage("ck/a: force: No space left on device; free some space");
  }
}
