package io.millrace.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Hands the command line to jcstress and the engine's JVM options to its forks. */
final class StressMain {
  private StressMain() {}

  public static void main(String[] arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--jvmArgsPrepend");
    all.add(engineFlags());
    org.openjdk.jcstress.Main.main(all.toArray(String[]::new));
  }

  private static String engineFlags() throws IOException {
    try (InputStream flags = StressMain.class.getResourceAsStream("jvm.flags")) {
      return new String(flags.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
