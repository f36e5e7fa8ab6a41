package io.millrace.gateway.faults;

import java.io.IOException;
import java.util.List;

/** What a query has given out, seen from outside; at any time, also while it runs. */
interface Output {
  /** Every row as text, in the form that {@link Scene#expected} has. */
  List<String> rows() throws IOException;

  /** What stands there of the epochs up to one, in no order. */
  List<String> upTo(long epoch) throws IOException;

  /** Grows with each committed epoch. */
  long epochs() throws IOException;

  /** Changes when something is written, also what readers do not see yet. */
  long written() throws IOException;

  /** Changes when readers see more. */
  long visible() throws IOException;

  /** After a clean end nothing is left lying about. */
  void requireClean() throws IOException;
}
