package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page's section on event time, as they stand there. */
class ReadmeTest {
  private static final List<String> MINUTES =
      List.of(
          "{\"start\":\"2025-10-10T12:01:00.000Z\",\"deviceId\":\"a\",\"readings\":2,\"hottest\":70.5}",
          "{\"start\":\"2025-10-10T12:01:00.000Z\",\"deviceId\":\"b\",\"readings\":1,\"hottest\":20.0}");

  @TempDir Path folder;

  @BeforeEach
  void writeInput() throws IOException {
    Files.createDirectory(folder.resolve("in"));
    write("1.json", row("a", "12:01:00", "65.5"), row("b", "12:01:30", "20"));
    write("2.json", row("a", "12:01:59", "70.5"), row("a", "12:02:09", "1"));
  }

  private void write(String name, String... rows) throws IOException {
    Files.writeString(folder.resolve("in").resolve(name), String.join("\n", rows) + "\n");
  }

  private static String row(String device, String time, String temperature) {
    return "{\"deviceId\":\"%s\",\"timestamp\":\"2025-10-10T%sZ\",\"temperature\":%s}"
        .formatted(device, time, temperature);
  }

  private static String example(String language) throws IOException {
    return example("Event time", language);
  }

  /** The one block in a language of a section. */
  static String example(String heading, String language) throws IOException {
    String page = Files.readString(Path.of("../README.md"));
    String section = between(page, "\n## " + heading + "\n", "\n## ");
    return between(section, "```" + language + "\n", "```");
  }

  private static String between(String text, String before, String behind) {
    int from = text.indexOf(before) + before.length();
    assertThat(from).as(before).isGreaterThanOrEqualTo(before.length());
    return text.substring(from, text.indexOf(behind, from));
  }

  private interface Example {
    void run() throws Exception;
  }

  /** The minute is over with the third file, from where a second start goes on; a row is late. */
  private void requireMinutes(Example example) throws Exception {
    example.run();
    assertThat(lines("out/perMinute")).isEmpty();
    write("3.json", row("c", "12:02:10", "3"));
    example.run();
    assertThat(lines("out/perMinute")).containsExactlyElementsOf(MINUTES);
    write("4.json", row("late", "12:01:30", "9"));
    example.run();
    assertThat(lines("out/perMinute")).containsExactlyElementsOf(MINUTES);
    assertThat(lines("late")).singleElement().asString().contains("12:01:00", "\\\"late\\\"");
    TestProcess process = new TestProcess(folder);
    assertThat(process.run("checkpoint", "export", folder.resolve("ck/perMinute").toString()))
        .isZero();
    assertThat(process.out()).hasLineCount(3).contains("\n2025-10-10T12:02:00Z,a,");
  }

  private List<String> lines(String name) throws IOException {
    if (!Files.exists(folder.resolve(name))) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve(name)).sorted()) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @Test
  void thePipelineFileGivesEachMinuteOnce() throws Exception {
    Path file = folder.resolve("perMinute.yaml");
    Files.writeString(file, example("yaml"));
    requireMinutes(
        () -> {
          TestProcess process = new TestProcess(folder);
          assertThat(process.run("run", file.toString())).as(process.err()).isZero();
        });
  }

  @Test
  void theProgramGivesEachMinuteOnce() throws Exception {
    Path source = folder.resolve("PerMinute.java");
    Files.writeString(
        source,
        "import static io.millrace.Functions.*;\nimport io.millrace.*;\n"
            + "public class PerMinute { public static void main(String[] arguments) {\n"
            + example("java").replaceAll("(in|ck|late|out)/", folder + "/$1/")
            + "}}\n");
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(status).as("what the compiler says is on standard error").isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      requireMinutes(
          () ->
              loader
                  .loadClass("PerMinute")
                  .getMethod("main", String[].class)
                  .invoke(null, (Object) new String[0]));
    }
  }
}
