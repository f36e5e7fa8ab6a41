package io.millrace.runtime;

import io.millrace.StreamSpec;
import io.millrace.analysis.ResolvedPlan;
import java.util.List;
import java.util.Optional;

/**
 * A query that is ready to be started.
 *
 * @param plan optimized
 * @param fingerprint one line per operator, for the checkpoint
 * @param explanation the plan as text
 * @param pipeline the file that describes the query; empty if a program does
 */
public record StreamRequest(
    StreamSpec spec,
    ResolvedPlan plan,
    List<String> fingerprint,
    String explanation,
    Optional<String> pipeline) {}
