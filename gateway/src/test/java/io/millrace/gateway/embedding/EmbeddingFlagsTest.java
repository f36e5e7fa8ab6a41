package io.millrace.gateway.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedding program in a JVM with all options, with those that Arrow needs, and with none. */
class EmbeddingFlagsTest {
  private static final List<String> FOR_ARROW =
      List.of(
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  @TempDir private Path folder;
  private String printed;

  private int run(List<String> flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(EmbeddingProgram.class.getName(), checkpoint().toString()));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int status = process.waitFor();
    printed = Files.readString(log);
    return status;
  }

  private Path checkpoint() {
    return folder.resolve("ck");
  }

  private String segment() throws IOException {
    try (Stream<Path> segments = Files.list(checkpoint().resolve("offsets"))) {
      return segments.map(path -> path.getFileName().toString()).reduce("", String::concat);
    }
  }

  private static List<String> all() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--"))
        .toList();
  }

  @Test
  void runsOnOneCheckpointWithAllOptionsAndWithArrowsOnly() throws Exception {
    assertThat(run(all())).as(() -> printed).isZero();
    assertThat(printed).contains("epoch 0").doesNotContain("plain files");
    assertThat(segment()).isEqualTo("00000000000000000000.queue");
    assertThat(run(FOR_ARROW)).as(() -> printed).isZero();
    assertThat(printed)
        .contains("epoch 1")
        .containsOnlyOnce("module jdk.incubator.vector is not there")
        .containsOnlyOnce("the journal is written to plain files")
        .contains("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");
    assertThat(segment()).isEqualTo("00000000000000000000.journal");
    assertThat(run(all())).as(() -> printed).isZero();
    assertThat(printed).contains("epoch 2");
    assertThat(segment()).isEqualTo("00000000000000000000.queue");
  }

  @Test
  void saysInOneLineWhatIsMissing() throws Exception {
    assertThat(run(List.of())).isNotZero();
    assertThat(printed.lines().filter(line -> line.contains(String.join(" ", FOR_ARROW))))
        .as(printed)
        .isNotEmpty();
    assertThat(checkpoint()).doesNotExist();
  }
}
