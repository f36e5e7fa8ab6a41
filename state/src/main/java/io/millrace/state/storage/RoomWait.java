package io.millrace.state.storage;

import java.nio.file.Path;
import java.util.function.Supplier;

/** What is done about a disk that is full; see {@link PausingStorage}. */
public interface RoomWait {
  /**
   * Does something again, as often as it takes, that has failed for want of room. Called by several
   * threads at once.
   *
   * @param path where there is no room
   * @param full how it failed
   * @throws StorageFullException the given one, to give up at once
   */
  <T> T repeat(Path path, StorageFullException full, Supplier<T> operation);
}
