package io.millrace;

import io.millrace.spi.Clock;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import java.util.Map;

/** Sessions on a disk that a test has made. */
public final class DiskSession {
  private DiskSession() {}

  public static Session open(Storage storage, CrashPoints crashPoints, String execution) {
    return open(storage, crashPoints, Map.of("millrace.execution", execution));
  }

  public static Session open(
      Storage storage, CrashPoints crashPoints, Map<String, String> settings) {
    RuntimeConfig config = new RuntimeConfig(settings);
    return new Session(config, new LocalEngine(config, storage, Clock.SYSTEM, crashPoints));
  }
}
