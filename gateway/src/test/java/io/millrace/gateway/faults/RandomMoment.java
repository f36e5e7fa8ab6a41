package io.millrace.gateway.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Moments at which a process is to be disturbed, each time somewhere else: after something that it
 * was seen to do, and a random while. Meanwhile its input grows.
 */
final class RandomMoment {
  private static final long POLL_NS = 200_000;

  private static final int MAX_CHANGES = 6;
  private static final int MAX_SPINS = 200_000;

  /** About as long as a JVM takes to start and the engine to recover. */
  private static final int MAX_START_MS = 800;

  /** What the parent watches to see how far the child has come. */
  private enum Sign {
    /** Nothing: it may not even have begun. */
    STARTED,
    /** It has begun: it opens the checkpoint, and does an unfinished epoch again. */
    BEGUN,
    JOURNAL_GREW,
    OUTPUT_BEGUN,
    EPOCH_COMMITTED,
    OUTPUT_VISIBLE
  }

  private final Scene scene;
  private final Random random;

  RandomMoment(Scene scene, Random random) {
    this.scene = scene;
    this.random = random;
  }

  /** Waits for a moment of another kind each round. */
  void await(ChildJvm child, int round) throws IOException {
    Sign sign = Sign.values()[round % Sign.values().length];
    switch (sign) {
      case STARTED -> {
        scene.feed();
        long endNs = System.nanoTime() + 1_000_000L * random.nextInt(MAX_START_MS);
        while (System.nanoTime() < endNs) {
          LockSupport.parkNanos(POLL_NS);
        }
      }
      case BEGUN -> awaitChanges(child, sign, 1);
      case JOURNAL_GREW, OUTPUT_BEGUN, EPOCH_COMMITTED, OUTPUT_VISIBLE ->
          awaitChanges(child, sign, 1 + random.nextInt(MAX_CHANGES));
    }
    spin(random.nextInt(MAX_SPINS));
  }

  private void awaitChanges(ChildJvm child, Sign sign, int changes) throws IOException {
    long seen = measure(sign);
    for (int left = changes; left > 0; ) {
      child.requireAlive();
      scene.feed();
      long now = measure(sign);
      if (now != seen) {
        seen = now;
        left--;
      } else {
        LockSupport.parkNanos(POLL_NS);
      }
    }
  }

  private long measure(Sign sign) throws IOException {
    return switch (sign) {
      case STARTED -> 0;
      case BEGUN -> scene.printedBytes();
      case JOURNAL_GREW -> bytesIn(scene.checkpoint());
      case OUTPUT_BEGUN -> scene.output().written();
      case EPOCH_COMMITTED -> scene.output().epochs();
      case OUTPUT_VISIBLE -> scene.output().visible();
    };
  }

  private static long bytesIn(Path path) throws IOException {
    long bytes = path.toFile().length();
    for (Path entry : JsonOutput.list(path)) {
      bytes += bytesIn(entry);
    }
    return bytes;
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }
}
