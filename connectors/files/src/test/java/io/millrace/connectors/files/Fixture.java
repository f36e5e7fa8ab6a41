package io.millrace.connectors.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** Files for tests, each one second younger than the one before it. */
public final class Fixture {
  private static final long FIRST_SECOND = 1_760_000_000;

  private final Path directory;
  private long files;

  public Fixture(Path directory) {
    this.directory = directory;
  }

  public Path file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  public Path file(String name, byte[] bytes) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return age(file, files++);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets the modification time to that many seconds after the first file's. */
  public static Path age(Path file, long second) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(FIRST_SECOND + second, TimeUnit.SECONDS));
  }

  /** What a compressed file of these bytes holds. */
  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
