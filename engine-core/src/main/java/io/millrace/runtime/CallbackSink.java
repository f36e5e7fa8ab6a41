package io.millrace.runtime;

import io.millrace.spi.Sink;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;

/**
 * What all callbacks have in common: rows come again after a crash, and a failure is the
 * application's.
 */
abstract class CallbackSink implements Sink {
  private final String description;

  CallbackSink(String description) {
    this.description = description;
  }

  @Override
  public Delivery delivery() {
    return Delivery.AT_LEAST_ONCE;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public boolean begin(long epoch, int planChecksum) {
    return true;
  }

  @Override
  public String commit(long epoch) {
    return "";
  }

  @Override
  public void close() {}

  /** The failure to end the query with. */
  final RuntimeException failed(Throwable cause) {
    if (cause instanceof StoppedException stopped) {
      return stopped;
    }
    if (cause instanceof VirtualMachineError error) {
      throw error;
    }
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new MillraceException(ErrorCode.CONNECTOR, description + " failed: " + cause, cause);
  }
}
