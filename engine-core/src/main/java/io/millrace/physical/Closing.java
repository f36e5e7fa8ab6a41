package io.millrace.physical;

/**
 * Closes one thing after the other, whatever fails on the way, and throws the first failure at the
 * end.
 */
public final class Closing {
  private RuntimeException first;

  public void close(AutoCloseable resource) {
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

  public void failed(RuntimeException failure) {
    if (first == null) {
      first = failure;
    } else {
      first.addSuppressed(failure);
    }
  }

  /** Adds what failed to a failure that is thrown already. */
  public void addTo(Throwable failure) {
    if (first != null) {
      failure.addSuppressed(first);
    }
  }

  public void throwFirst() {
    if (first != null) {
      throw first;
    }
  }
}
