package io.millrace.runtime;

import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;

/** Checks, before Arrow is first touched, that the JVM was started so that Arrow can work. */
final class JvmFlags {
  private static final String NEEDED =
      "--add-opens=java.base/java.nio=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
          + " --enable-native-access=ALL-UNNAMED";

  private JvmFlags() {}

  /**
   * @throws MillraceException with one line to copy, if an option is missing without which nothing
   *     works
   */
  static void check() {
    if (!ByteBuffer.class.getModule().isOpen("java.nio", JvmFlags.class.getModule())) {
      throw new MillraceException(
          ErrorCode.RESOURCES,
          "the JVM lacks options that Apache Arrow needs; start it with: java " + NEEDED);
    }
    if (System.getProperty("io.netty.noUnsafe") == null) {
      System.setProperty("io.netty.noUnsafe", "false");
    }
  }
}
