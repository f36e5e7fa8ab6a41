package io.millrace.physical;

import java.util.ArrayList;
import java.util.List;

/** What has been opened while a query is put together, to be closed in reverse if that fails. */
public final class Scope {
  private final List<AutoCloseable> opened = new ArrayList<>();

  /** Notes that a resource is open, unless it is null, and returns it. */
  public <T extends AutoCloseable> T own(T resource) {
    if (resource != null) {
      opened.add(resource);
    }
    return resource;
  }

  /** Somebody else closes everything from now on. */
  public void keep() {
    opened.clear();
  }

  /**
   * Closes everything.
   *
   * @param failure the reason, which failures of closing are added to; null if there is none
   */
  public void close(Throwable failure) {
    Closing closing = new Closing();
    opened.reversed().forEach(closing::close);
    opened.clear();
    if (failure == null) {
      closing.throwFirst();
    } else {
      closing.addTo(failure);
    }
  }
}
