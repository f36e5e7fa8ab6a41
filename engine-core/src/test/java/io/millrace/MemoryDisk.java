package io.millrace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Folders where a force costs nothing, if the machine has such a disk. */
final class MemoryDisk implements TempDirFactory {
  private static final Path PARENT = Path.of("/dev/shm");

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws IOException {
    return Files.isDirectory(PARENT)
        ? Files.createTempDirectory(PARENT, "millrace")
        : Files.createTempDirectory("millrace");
  }
}
