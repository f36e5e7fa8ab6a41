package io.millrace.oracle;

import java.util.List;
import java.util.Optional;

/**
 * A grouping and what stands above it.
 *
 * @param calls the results are columns {@code c0}, {@code c1} and so on
 * @param having a filter of its result
 */
record Grouping(Windows windows, List<String> keys, List<Call> calls, Optional<Condition> having) {}
