package io.millrace.peer;

import java.io.Serializable;

/** Count, sum, least and greatest temperature of a device and window. */
public final class Tally implements Serializable {
  private static final long serialVersionUID = 1;

  public long count;
  public double sum;
  public double least = Double.POSITIVE_INFINITY;
  public double greatest = Double.NEGATIVE_INFINITY;

  public Tally add(double temperature) {
    count++;
    sum += temperature;
    least = Math.min(least, temperature);
    greatest = Math.max(greatest, temperature);
    return this;
  }

  public Tally add(Tally other) {
    count += other.count;
    sum += other.sum;
    least = Math.min(least, other.least);
    greatest = Math.max(greatest, other.greatest);
    return this;
  }

  public double mean() {
    return sum / count;
  }
}
