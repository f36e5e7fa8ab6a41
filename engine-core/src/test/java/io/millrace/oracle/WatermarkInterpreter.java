package io.millrace.oracle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The watermark of a query: the latest time seen less a delay, per input, combined. */
final class WatermarkInterpreter {
  static final long NONE = Long.MIN_VALUE;

  private final List<Optional<Long>> delaysUs;
  private final boolean minimum;
  private final long[] latestUs;
  private long atBatchUs = NONE;

  WatermarkInterpreter(List<Optional<Long>> delaysUs, boolean minimum) {
    this.delaysUs = delaysUs;
    this.minimum = minimum;
    latestUs = new long[delaysUs.size()];
    Arrays.fill(latestUs, NONE);
  }

  void see(int input, Long timeUs) {
    if (timeUs != null) {
      latestUs[input] = Math.max(latestUs[input], timeUs);
    }
  }

  /** As the last batch left it. */
  long atBatchUs() {
    return atBatchUs;
  }

  /** As the rows so far move it; never backwards. */
  long nowUs() {
    long result = NONE;
    boolean any = false;
    for (int i = 0; i < latestUs.length; i++) {
      if (delaysUs.get(i).isPresent()) {
        long own = latestUs[i] == NONE ? NONE : latestUs[i] - delaysUs.get(i).get();
        result = !any ? own : minimum ? Math.min(result, own) : Math.max(result, own);
        any = true;
      }
    }
    return Math.max(result, atBatchUs);
  }

  void endOfBatch() {
    atBatchUs = nowUs();
  }
}
