package io.millrace.perf.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A folder in which the same files appear again and again, as hard links under new names. */
final class EndlessFiles {
  private final List<Path> files;
  private final Path folder;
  private long passes;

  EndlessFiles(List<Path> files, Path folder) {
    this.files = List.copyOf(files);
    this.folder = folder;
  }

  /** Lets all files appear once more. */
  void addPass() {
    for (Path file : files) {
      String name = String.format(Locale.ROOT, "%08d-%s", passes, file.getFileName());
      try {
        Files.createLink(folder.resolve(name), file);
      } catch (IOException e) {
        throw new UncheckedIOException("linking " + file + " into " + folder, e);
      }
    }
    passes++;
  }

  long passes() {
    return passes;
  }
}
