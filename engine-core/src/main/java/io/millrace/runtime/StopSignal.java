package io.millrace.runtime;

import java.util.function.BooleanSupplier;

/** Whether a query has been asked to end. */
final class StopSignal implements BooleanSupplier {
  private volatile boolean requested;

  void request() {
    requested = true;
  }

  boolean isRequested() {
    return requested;
  }

  @Override
  public boolean getAsBoolean() {
    return requested;
  }
}
