package io.millrace;

import io.millrace.plan.LogicalPlan;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.List;

/** What frames, readers and writers need from their session. */
interface FrameRunner {
  /**
   * The columns of a plan's result.
   *
   * @throws io.millrace.types.AnalysisException if the plan is wrong
   */
  Schema schema(LogicalPlan plan);

  /** Whether an input of the plan is unbounded. */
  boolean isStreaming(LogicalPlan plan);

  /** Runs a static plan to its end. */
  List<Row> collect(LogicalPlan plan);

  /** The analyzed and the physical plan as text; extended: the logical one as well. */
  String explain(LogicalPlan plan, boolean extended);

  /** Names a plan; an older view of that name is replaced. */
  void registerView(String name, LogicalPlan plan);

  StreamingQuery start(StreamSpec spec);

  /**
   * Checks a query as {@link #start} does, and says how it would run; starts and writes nothing.
   */
  String describe(StreamSpec spec);

  /** Runs a static plan to its end, into a sink. */
  void write(WriteSpec spec);
}
