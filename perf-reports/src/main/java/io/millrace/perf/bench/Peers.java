package io.millrace.perf.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Other engines' programs, built when they are asked for. */
final class Peers {
  private Peers() {}

  /**
   * @throws IllegalStateException if the build fails
   */
  static void build(Path home, List<String> engines) throws IOException, InterruptedException {
    if (engines.isEmpty()) {
      return;
    }
    System.err.println("building the programs of " + String.join(", ", engines));
    int status =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-q",
                "-f",
                home.resolve("perf-reports/peers/pom.xml").toString(),
                "-pl",
                String.join(",", engines),
                "process-classes")
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException("the other engines' programs do not build, see above");
    }
  }
}
