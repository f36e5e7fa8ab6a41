package io.millrace.analysis;

import io.millrace.plan.LogicalPlan;
import java.util.Collection;
import java.util.Optional;

/** The tables and views that a query can name. */
public interface Catalog {
  /** The plan behind a name, compared without regard to case. */
  Optional<LogicalPlan> table(String name);

  /** All names, for errors that suggest one. */
  Collection<String> names();
}
