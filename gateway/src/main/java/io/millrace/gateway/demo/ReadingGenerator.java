package io.millrace.gateway.demo;

import io.millrace.spi.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Writes files of JSON readings, one reading a line. A file appears whole: it is written under a
 * hidden name and renamed.
 */
public final class ReadingGenerator {
  private static final String TEMPORARY_PREFIX = ".writing-";
  private static final double MEAN_TEMPERATURE = 80;
  private static final double DEVIATION = 12.2; // about one reading in twenty is above 100

  private final Path folder;
  private final int devices;
  private final Clock clock;
  private final RandomGenerator random;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param folder is made if it does not exist; what a killed generator left half-written is
   *     removed
   * @param devices how many take turns at random
   */
  public ReadingGenerator(Path folder, int devices, Clock clock, RandomGenerator random) {
    this.folder = folder;
    this.devices = devices;
    this.clock = clock;
    this.random = random;
    try {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, TEMPORARY_PREFIX + "*")) {
        for (Path file : left) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one file of readings and returns it. */
  public Path write(int readings) {
    long nowUs = clock.nowUs();
    text.setLength(0);
    for (int i = 0; i < readings; i++) {
      append(nowUs);
    }
    String name = "readings-" + nowUs + ".json";
    try {
      Path temporary = folder.resolve(TEMPORARY_PREFIX + name);
      Files.writeString(temporary, text, StandardCharsets.UTF_8);
      return Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(long nowUs) {
    double temperature = MEAN_TEMPERATURE + DEVIATION * random.nextGaussian();
    text.append("{\"deviceId\": \"device-")
        .append(random.nextInt(devices) + 1)
        .append("\", \"timestamp\": \"")
        .append(
            Instant.ofEpochSecond(
                Math.floorDiv(nowUs, 1_000_000L), Math.floorMod(nowUs, 1_000_000L) * 1_000L))
        .append("\", \"temperature\": ")
        .append(String.format(Locale.ROOT, "%.1f", temperature))
        .append("}\n");
  }
}
