package io.millrace.state.table;

import java.util.ArrayList;
import java.util.List;

/** What has been opened of a table so far, to be closed in reverse. */
final class OpenedParts implements AutoCloseable {
  private final List<AutoCloseable> parts = new ArrayList<>();

  <T extends AutoCloseable> T own(T part) {
    parts.add(part);
    return part;
  }

  /** Closes everything, whatever fails on the way; does nothing the second time. */
  @Override
  public void close() {
    RuntimeException first = null;
    for (AutoCloseable part : parts.reversed()) {
      try {
        part.close();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      } catch (Exception e) {
        first = first == null ? new IllegalStateException(e) : first;
      }
    }
    parts.clear();
    if (first != null) {
      throw first;
    }
  }
}
