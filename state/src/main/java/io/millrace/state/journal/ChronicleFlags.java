package io.millrace.state.journal;

import java.util.List;

/** The options that a JVM needs so that Chronicle Queue can reach the operating system. */
public final class ChronicleFlags {
  private static final List<String> OPENED = List.of("java.lang.reflect", "java.nio");
  private static final List<String> EXPORTED =
      List.of("sun.nio.ch", "jdk.internal.misc", "jdk.internal.ref");

  private ChronicleFlags() {}

  /** What this JVM was started without, to be put on its command line; empty if nothing. */
  public static String missing() {
    Module base = Object.class.getModule();
    Module own = ChronicleFlags.class.getModule();
    StringBuilder missing = new StringBuilder();
    for (String name : OPENED) {
      if (!base.isOpen(name, own)) {
        missing.append(" --add-opens=java.base/").append(name).append("=ALL-UNNAMED");
      }
    }
    for (String name : EXPORTED) {
      if (!base.isExported(name, own)) {
        missing.append(" --add-exports=java.base/").append(name).append("=ALL-UNNAMED");
      }
    }
    return missing.toString().strip();
  }
}
