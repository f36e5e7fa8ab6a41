package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file streams through a process that has less memory than the file has bytes. */
class LargeFileTest {
  private static final int REPEATS = 150;
  private static final int ROWS = 10_000;
  private static final long MEMORY_BYTES = 2 * (48L << 20);
  private static final List<String> JVM_FLAGS =
      List.of("-Xmx48m", "-XX:MaxDirectMemorySize=48m", "-XX:TieredStopAtLevel=1");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void isNeverLoadedWhole(String execution) throws Exception {
    Path file = writeInput();
    assertThat(Files.size(file)).isGreaterThan(MEMORY_BYTES * 3 / 2);
    Path out = directory.resolve("out");
    String[] arguments = {file.toString(), out.toString(), execution};
    try (ChildJvm child =
        ChildJvm.start(directory.resolve("log"), JVM_FLAGS, LargeFileQuery.class, arguments)) {
      child.awaitSuccess();
    }
    long row = 0;
    List<Path> files = new JsonOutput(out).files();
    assertThat(files).hasSize(1);
    try (BufferedReader lines = Files.newBufferedReader(files.getFirst())) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        assertThat(line.equals("{\"id\":" + row % ROWS + "}")).as("row %d: %s", row, line).isTrue();
        row++;
      }
    }
    assertThat(row).isEqualTo((long) REPEATS * ROWS);
  }

  private Path writeInput() throws IOException {
    StringBuilder block = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      block
          .append("{\"id\":")
          .append(i)
          .append(",\"text\":\"")
          .repeat('x', 75 + i % 20)
          .append("\"}\n");
    }
    byte[] bytes = block.toString().getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve("large.json");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < REPEATS; i++) {
        out.write(bytes);
      }
    }
    return file;
  }
}
