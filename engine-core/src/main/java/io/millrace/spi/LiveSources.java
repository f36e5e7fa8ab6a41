package io.millrace.spi;

import io.millrace.types.Schema;

/** The engine's way to make a source of what brings rows on threads of its own. */
@FunctionalInterface
public interface LiveSources {
  /**
   * A source that keeps what the input appends until the query takes it, and closes the input.
   *
   * @param schema columns that the query reads, all flat
   * @param capacityRows how many rows of a writer may wait for the query
   */
  LiveSource open(LiveInput input, Schema schema, int capacityRows);
}
