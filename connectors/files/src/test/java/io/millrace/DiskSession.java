package io.millrace;

import io.millrace.spi.Clock;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Sessions on a disk that a test has made, with journals that write to it and nowhere else. */
public final class DiskSession {
  private DiskSession() {}

  public static Session open(Storage storage, CrashPoints crashPoints, String execution) {
    return open(storage, crashPoints, Map.of("millrace.execution", execution));
  }

  public static Session open(
      Storage storage, CrashPoints crashPoints, Map<String, String> settings) {
    return open(storage, crashPoints, settings, new RootAllocator());
  }

  /**
   * @param allocator closed with the session
   */
  public static Session open(
      Storage storage,
      CrashPoints crashPoints,
      Map<String, String> settings,
      BufferAllocator allocator) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("millrace.journal", "file");
    RuntimeConfig config = new RuntimeConfig(all);
    return new Session(
        config,
        new LocalEngine(
            config, storage, Clock.SYSTEM, crashPoints, () -> allocator, Optional.empty()));
  }
}
