package io.millrace.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.millrace.spi.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingGeneratorTest {
  private static final Instant NOW = Instant.parse("2025-10-10T12:01:00.000001Z");

  @TempDir Path folder;

  private ReadingGenerator generator() {
    Clock clock =
        new Clock() {
          @Override
          public long nowUs() {
            return NOW.getEpochSecond() * 1_000_000 + 1;
          }

          @Override
          public long nanoTime() {
            return 0;
          }
        };
    return new ReadingGenerator(folder.resolve("in"), 3, clock, new SplittableRandom(42));
  }

  @Test
  void eachReadingIsOneLineOfJson() throws IOException {
    Path file = generator().write(1_000);

    int alerts = 0;
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1_000);
    for (String line : lines) {
      try (JsonParser json = new JsonFactory().createParser(line)) {
        json.nextToken();
        assertThat(json.nextFieldName()).isEqualTo("deviceId");
        assertThat(json.nextTextValue()).isIn("device-1", "device-2", "device-3");
        assertThat(json.nextFieldName()).isEqualTo("timestamp");
        assertThat(json.nextTextValue()).isEqualTo(NOW.toString());
        assertThat(json.nextFieldName()).isEqualTo("temperature");
        json.nextToken();
        alerts += json.getDoubleValue() > 100 ? 1 : 0;
      }
    }
    assertThat(alerts).isBetween(20, 90);
  }

  @Test
  void whatAKilledGeneratorLeftIsRemovedAndWholeFilesStay() throws IOException {
    Path whole = generator().write(1);
    Path half = folder.resolve("in").resolve(".writing-readings-1.json");
    Files.writeString(half, "{\"devi");

    generator();

    assertThat(half).doesNotExist();
    assertThat(whole).exists();
  }

  @Test
  void noHiddenFileIsLeftBehind() throws IOException {
    generator().write(10);

    try (var files = Files.list(folder.resolve("in"))) {
      assertThat(files).allMatch(file -> file.getFileName().toString().startsWith("readings-"));
    }
  }
}
