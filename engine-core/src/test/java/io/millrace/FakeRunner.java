package io.millrace;

import io.millrace.plan.LogicalPlan;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Notes what it is asked for; analyzes nothing but the table {@code missing}. */
final class FakeRunner implements FrameRunner {
  final List<LogicalPlan> collected = new ArrayList<>();
  final Map<String, LogicalPlan> views = new HashMap<>();
  Schema schema = Schema.parse("a INT");
  List<Row> rows = List.of();
  StreamSpec started;
  WriteSpec written;

  @Override
  public Schema schema(LogicalPlan plan) {
    if (plan.equals(new LogicalPlan.Table("missing"))) {
      throw new AnalysisException("table missing does not exist");
    }
    return schema;
  }

  @Override
  public boolean isStreaming(LogicalPlan plan) {
    return plan instanceof LogicalPlan.Scan scan && scan.streaming();
  }

  @Override
  public List<Row> collect(LogicalPlan plan) {
    collected.add(plan);
    return rows;
  }

  @Override
  public String explain(LogicalPlan plan, boolean extended) {
    return "explained " + extended;
  }

  @Override
  public void registerView(String name, LogicalPlan plan) {
    views.put(name, plan);
  }

  @Override
  public String describe(StreamSpec spec) {
    started = spec;
    return "a query";
  }

  @Override
  public StreamingQuery start(StreamSpec spec) {
    started = spec;
    return null;
  }

  @Override
  public void write(WriteSpec spec) {
    written = spec;
  }
}
