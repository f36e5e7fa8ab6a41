package io.millrace.state.storage;

/** An exclusive lock between processes; the operating system drops it when its holder dies. */
public interface StorageLock extends AutoCloseable {
  /** Gives the lock back; idempotent. The lock's file stays, so that no two locks can differ. */
  @Override
  void close();
}
