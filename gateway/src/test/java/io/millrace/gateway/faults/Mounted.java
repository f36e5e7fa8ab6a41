package io.millrace.gateway.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system that is mounted as long as this is open. Whoever uses it must have ended first. */
record Mounted(Path path) implements AutoCloseable {
  /** Makes a file system in a new file. */
  static void format(String type, Path image, long sizeBytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(sizeBytes);
    }
    Machine.run("mkfs." + type, "-q", image);
  }

  /**
   * @param image of a file system, which is repaired from its journal if it was not unmounted
   * @param at a directory, made if it is not there
   */
  static Mounted image(Path image, String options, Path at) throws IOException {
    Files.createDirectories(at);
    Machine.run("mount", "-o", "loop," + options, image, at);
    return new Mounted(at);
  }

  static Mounted tmpfs(long sizeBytes, Path at) throws IOException {
    Files.createDirectories(at);
    Machine.run("mount", "-t", "tmpfs", "-o", "size=" + sizeBytes, "tmpfs", at);
    return new Mounted(at);
  }

  @Override
  public void close() {
    Machine.run("umount", path);
  }
}
