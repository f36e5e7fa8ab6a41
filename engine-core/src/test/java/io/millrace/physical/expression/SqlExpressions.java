package io.millrace.physical.expression;

import io.millrace.analysis.Analyzer;
import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.Catalog;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.plan.LogicalPlan;
import io.millrace.sql.SqlParser;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * SQL text, parsed and analyzed, evaluated over a few rows; values as {@link Cell} has them.
 * Closing it proves that no byte is left.
 */
final class SqlExpressions implements AutoCloseable {
  /** 2025-10-10T12:01:02.5Z. */
  static final long ARRIVAL_US = 1_760_097_662_500_000L;

  private static final Catalog NO_TABLES =
      new Catalog() {
        @Override
        public Optional<LogicalPlan> table(String name) {
          return Optional.empty();
        }

        @Override
        public Collection<String> names() {
          return List.of();
        }
      };

  private final BufferAllocator allocator = new RootAllocator();
  private final Schema schema;
  private final List<Object[]> rows = new ArrayList<>();

  SqlExpressions(String ddl) {
    schema = Schema.parse(ddl);
  }

  SqlExpressions row(Object... values) {
    rows.add(values);
    return this;
  }

  /** The expression as analysis leaves it. */
  BoundExpression bind(String sql, boolean ansi) {
    LogicalPlan plan =
        new LogicalPlan.Project(
            new LogicalPlan.LocalRows(schema, List.of()), List.of(SqlParser.parseSelectItem(sql)));
    ResolvedPlan resolved = new Analyzer(NO_TABLES, scan -> schema, ansi).analyze(plan);
    return ((ResolvedPlan.Project) resolved).columns().getFirst().expression();
  }

  /** The value of every row. */
  List<Object> values(String sql) {
    return values(sql, true);
  }

  List<Object> values(String sql, boolean ansi) {
    return values(bind(sql, ansi), ansi, RowSelection.ALL);
  }

  /** The value of the first row. */
  Object first(String sql) {
    return values(sql).getFirst();
  }

  List<Object> values(BoundExpression expression, boolean ansi, long mask) {
    try (Block block = Block.allocate(allocator, schema, Math.max(64, rows.size()))) {
      for (int i = 0; i < schema.size(); i++) {
        ColumnVector column = block.column(i);
        column.setAllValid(column.rowCapacity());
        for (int row = 0; row < rows.size(); row++) {
          Cell.put(column, row, rows.get(row)[i]);
        }
      }
      block.rowCount(rows.size());
      EvaluationContext context = new EvaluationContext(allocator, block.rowCapacity(), ansi);
      context.arrivalTimeUs(ARRIVAL_US);
      Evaluator evaluator = Evaluators.compile(expression, context);
      try {
        Object[] values = new Object[rows.size()];
        ColumnVector result =
            evaluator.evaluate(block, new RowSelection().set(0, rows.size(), mask));
        for (int row = 0; row < values.length; row++) {
          values[row] = result.mayHaveNulls() && result.isNull(row) ? null : Cell.get(result, row);
        }
        return Arrays.asList(values);
      } finally {
        evaluator.close();
        evaluator.close();
      }
    }
  }

  @Override
  public void close() {
    allocator.close();
  }
}
