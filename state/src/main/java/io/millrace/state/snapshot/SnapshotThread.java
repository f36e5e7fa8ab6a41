package io.millrace.state.snapshot;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Does a query's work on snapshots, one step after the other, within a limit of memory. */
public final class SnapshotThread implements AutoCloseable {
  private static final int UNIT_BYTES = 1 << 10;

  private final Executor executor;
  private final int units;
  private final Semaphore free;

  private SnapshotThread(Executor executor, long memoryBytes) {
    this.executor = executor;
    this.units = Math.clamp(memoryBytes / UNIT_BYTES, 1, Integer.MAX_VALUE);
    this.free = new Semaphore(units);
  }

  /** A daemon thread, started with its first work. */
  public static SnapshotThread named(String name, long memoryBytes) {
    return new SnapshotThread(
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, name);
              thread.setDaemon(true);
              return thread;
            }),
        memoryBytes);
  }

  /** Everything happens at once, on the caller's thread. */
  public static SnapshotThread ofCaller() {
    return new SnapshotThread(Runnable::run, Long.MAX_VALUE);
  }

  /** Runs work that does not throw. */
  void run(Runnable work) {
    executor.execute(work);
  }

  /** Waits until so much memory is free; what is larger than all of it takes all of it. */
  void acquire(long bytes) {
    free.acquireUninterruptibly(units(bytes));
  }

  void release(long bytes) {
    free.release(units(bytes));
  }

  private int units(long bytes) {
    return Math.clamp(bytes / UNIT_BYTES, 1, units);
  }

  /** Waits for all work, also when this thread is interrupted, which it then still is. */
  @Override
  public void close() {
    if (executor instanceof ExecutorService service) {
      service.shutdown();
      boolean interrupted = false;
      boolean ended = false;
      while (!ended) {
        try {
          ended = service.awaitTermination(1, TimeUnit.DAYS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
