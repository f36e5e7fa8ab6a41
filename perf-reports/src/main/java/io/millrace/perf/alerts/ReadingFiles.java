package io.millrace.perf.alerts;

import io.millrace.benchmarks.data.Answer;
import io.millrace.benchmarks.data.FieldOrder;
import io.millrace.benchmarks.data.Readings;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Readings in files of JSON lines, kept from one report to the next. */
public record ReadingFiles(Path folder, Answer answer) {
  private static final long SEED = 42;
  private static final String ANSWER = "_answer.json";
  private static final int BUFFER_BYTES = 1 << 20;

  /**
   * Finds the files below a folder, or writes them.
   *
   * @param rows in all, a multiple of {@code files}
   */
  public static ReadingFiles in(Path work, FieldOrder order, long rows, int files) {
    Path folder =
        work.resolve(
            "readings-" + order.name().toLowerCase(Locale.ROOT) + "-" + rows + "-" + files);
    Path answer = folder.resolve(ANSWER);
    if (Files.exists(answer)) {
      return new ReadingFiles(folder, JsonFile.read(answer, Answer.class));
    }
    Folder.fresh(folder);
    Readings readings = new Readings(SEED, order);
    for (int file = 0; file < files; file++) {
      write(readings, rows / files, folder.resolve(String.format(Locale.ROOT, "%03d.json", file)));
    }
    JsonFile.write(answer, readings.answer());
    return new ReadingFiles(folder, readings.answer());
  }

  /** Writes the next readings into a new file. */
  public static void write(Readings readings, long rows, Path file) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = Files.newOutputStream(file)) {
      int length = 0;
      for (long row = 0; row < rows; row++) {
        if (length + Readings.MAX_LINE_BYTES > BUFFER_BYTES) {
          out.write(buffer, 0, length);
          length = 0;
        }
        length = readings.writeLine(buffer, length);
      }
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }

  public long sizeBytes() {
    return filesIn(folder).stream().mapToLong(file -> file.toFile().length()).sum();
  }

  /** The files of such a folder, in order. */
  static List<Path> filesIn(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> !file.endsWith(ANSWER)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + folder, e);
    }
  }
}
