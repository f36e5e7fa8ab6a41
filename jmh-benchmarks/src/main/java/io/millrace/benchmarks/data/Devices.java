package io.millrace.benchmarks.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws devices by number. */
final class Devices {
  private final int count;
  private final double[] cumulated;

  Devices(int count, boolean zipf) {
    this.count = count;
    this.cumulated = zipf ? zipf(count) : null;
  }

  private static double[] zipf(int count) {
    double[] sums = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += 1.0 / (i + 1);
      sums[i] = sum;
    }
    return sums;
  }

  int draw(SplittableRandom random) {
    if (cumulated == null) {
      return random.nextInt(count);
    }
    int at = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[count - 1]);
    return at < 0 ? -at - 1 : at;
  }
}
