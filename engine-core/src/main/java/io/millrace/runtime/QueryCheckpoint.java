package io.millrace.runtime;

import java.nio.file.Path;

/**
 * The checkpoint by which a live source knows a query again.
 *
 * @param begun whether an earlier start of the query has begun it
 */
record QueryCheckpoint(Path location, boolean begun) {
  QueryCheckpoint {
    location = location.toAbsolutePath().normalize();
  }
}
