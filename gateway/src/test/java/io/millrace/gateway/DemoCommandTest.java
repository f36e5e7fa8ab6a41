package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration with its generator process, for the shortest time. */
class DemoCommandTest {
  @TempDir Path folder;

  private int lines(String name) throws IOException {
    int lines = 0;
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines += Files.readAllLines(file).size();
      }
    }
    return lines;
  }

  private long hot() throws IOException {
    long hot = 0;
    try (Stream<Path> files = Files.list(folder.resolve("demo/in"))) {
      for (Path file : files.toList()) {
        hot +=
            Files.readAllLines(file).stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1, line.length() - 1))
                .filter(temperature -> Double.parseDouble(temperature) > 100)
                .count();
      }
    }
    return hot;
  }

  @Test
  void aSecondRunGoesOnWhereTheFirstStopped() throws IOException {
    List<String> arguments = List.of("demo", "--rate", "500", "--for", "1s");
    TestProcess first = new TestProcess(folder);
    assertThat(first.run(arguments.toArray(String[]::new))).as(first.err()).isZero();
    assertThat(first.err()).doesNotContain("resuming");
    assertThat(lines("demo/in")).isEqualTo(500);
    assertThat(lines("demo/alerts")).isEqualTo((int) hot()).isPositive();

    TestProcess second = new TestProcess(folder);
    assertThat(second.run(arguments.toArray(String[]::new))).as(second.err()).isZero();
    assertThat(second.err())
        .contains("alertsToFiles: resuming after epoch 0")
        .contains("alertsOnConsole: resuming after epoch 0");
    assertThat(lines("demo/in")).isEqualTo(1_000);
    assertThat(lines("demo/alerts")).isEqualTo((int) hot());
  }

  @Test
  void aChangedPipelineFileIsKept() throws IOException {
    Path file = folder.resolve("demo/alerts.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "queries: {}\n");

    TestProcess process = new TestProcess(folder);

    assertThat(process.run("demo")).isEqualTo(2);
    assertThat(process.err()).contains("there is no query");
    assertThat(file).hasContent("queries: {}\n");
  }
}
