package io.millrace.runtime;

/**
 * Closes one thing after the other, whatever fails on the way, and throws the first failure at the
 * end.
 */
final class Closing {
  private RuntimeException first;

  void close(AutoCloseable resource) {
    if (resource == null) {
      return;
    }
    try {
      resource.close();
    } catch (RuntimeException e) {
      failed(e);
    } catch (Exception e) {
      failed(new IllegalStateException(e));
    }
  }

  void failed(RuntimeException failure) {
    if (first == null) {
      first = failure;
    } else {
      first.addSuppressed(failure);
    }
  }

  /** Adds what failed to a failure that is thrown already. */
  void addTo(Throwable failure) {
    if (first != null) {
      failure.addSuppressed(first);
    }
  }

  void throwFirst() {
    if (first != null) {
      throw first;
    }
  }
}
