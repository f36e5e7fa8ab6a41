package io.millrace.benchmarks.data;

import io.millrace.analysis.Analyzer;
import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.Catalog;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.analysis.optimizer.Optimizer;
import io.millrace.physical.EvaluatingFolder;
import io.millrace.plan.LogicalPlan;
import io.millrace.sql.SqlParser;
import io.millrace.types.Schema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** SQL text as the plans that the engine would run, for parts of it to be measured alone. */
public final class PlannedSql {
  private PlannedSql() {}

  /** The optimized plan of a query over one stream, whose name the query may choose. */
  public static ResolvedPlan query(String sql, Schema schema, BufferAllocator allocator) {
    ResolvedPlan analyzed =
        new Analyzer(new OneStream(schema), scan -> schema, true)
            .analyze(SqlParser.parseQuery(sql));
    return new Optimizer(new EvaluatingFolder(allocator, true)).optimize(analyzed);
  }

  /** An expression over the schema's columns. */
  public static BoundExpression expression(String sql, Schema schema, BufferAllocator allocator) {
    ResolvedPlan plan = query("SELECT " + sql + " AS result FROM input", schema, allocator);
    return ((ResolvedPlan.Project) plan).columns().getFirst().expression();
  }

  /** Whatever name a query gives its input stands for the stream. */
  private record OneStream(Schema schema) implements Catalog {
    @Override
    public Optional<LogicalPlan> table(String name) {
      return Optional.of(new LogicalPlan.Scan(name, "input", Optional.of(schema), Map.of(), true));
    }

    @Override
    public Collection<String> names() {
      return List.of();
    }
  }
}
