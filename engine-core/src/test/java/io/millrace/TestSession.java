package io.millrace;

import io.millrace.spi.Clock;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.Storage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Opens sessions in a world that a test made. */
final class TestSession {
  private TestSession() {}

  /**
   * @param settings keys and values in turn
   */
  static Session open(Object... settings) {
    return open(Clock.SYSTEM, settings);
  }

  static Session open(Clock clock, Object... settings) {
    return open(new LocalStorage(), clock, CrashPoints.NONE, settings);
  }

  static Session open(Storage storage, Clock clock, CrashPoints crashPoints, Object... settings) {
    return open(storage, clock, crashPoints, new RootAllocator(), settings);
  }

  /**
   * @param allocator closed with the session
   */
  static Session open(BufferAllocator allocator, Object... settings) {
    return open(new LocalStorage(), Clock.SYSTEM, CrashPoints.NONE, allocator, settings);
  }

  private static Session open(
      Storage storage,
      Clock clock,
      CrashPoints crashPoints,
      BufferAllocator allocator,
      Object... settings) {
    Map<String, String> config = new LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i].toString(), settings[i + 1].toString());
    }
    RuntimeConfig runtimeConfig = new RuntimeConfig(config);
    return new Session(
        runtimeConfig,
        new LocalEngine(
            runtimeConfig, storage, clock, crashPoints, () -> allocator, Optional.empty()));
  }
}
