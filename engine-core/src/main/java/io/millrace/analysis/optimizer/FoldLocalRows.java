package io.millrace.analysis.optimizer;

import io.millrace.analysis.BoundExpression;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.BoundExpression.Convert;
import io.millrace.analysis.BoundExpression.Input;
import io.millrace.analysis.ConstantConversion;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.types.DataType;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** VALUES and SELECT of constants become rows, and a union of rows one list of rows. */
final class FoldLocalRows implements PlanRule {
  /** Longer lists are data; they go through the kernels. */
  private static final int MAX_ROWS = 10_000;

  @Override
  public ResolvedPlan apply(ResolvedPlan node) {
    if (node instanceof ResolvedPlan.Project project
        && project.input() instanceof ResolvedPlan.LocalRows rows
        && rows.rows().size() <= MAX_ROWS) {
      return project(project, rows).<ResolvedPlan>map(folded -> folded).orElse(node);
    } else if (node instanceof ResolvedPlan.Union union
        && union.inputs().stream().allMatch(ResolvedPlan.LocalRows.class::isInstance)) {
      List<Row> all = new ArrayList<>();
      union.inputs().forEach(input -> all.addAll(((ResolvedPlan.LocalRows) input).rows()));
      return new ResolvedPlan.LocalRows(union.schema(), all);
    }
    return node;
  }

  private static Optional<ResolvedPlan.LocalRows> project(
      ResolvedPlan.Project project, ResolvedPlan.LocalRows input) {
    Schema schema = project.schema();
    List<Row> rows = new ArrayList<>();
    for (Row row : input.rows()) {
      List<Object> values = new ArrayList<>();
      for (NamedExpression column : project.columns()) {
        Optional<Constant> value = value(column.expression(), row);
        if (value.isEmpty()) {
          return Optional.empty();
        }
        values.add(toObject(value.get()));
      }
      rows.add(Row.of(schema, values));
    }
    return Optional.of(new ResolvedPlan.LocalRows(schema, rows));
  }

  private static Optional<Constant> value(BoundExpression expression, Row row) {
    return switch (expression) {
      case Constant constant -> Optional.of(constant);
      case Input input -> Optional.of(ofObject(row.get(input.index()), input.type()));
      case Convert convert ->
          value(convert.child(), row)
              .flatMap(child -> ConstantConversion.convert(child, convert.type()));
      case BoundExpression.Apply ignored -> Optional.empty();
      case BoundExpression.Field ignored -> Optional.empty();
      case BoundExpression.Case ignored -> Optional.empty();
      case BoundExpression.InList ignored -> Optional.empty();
    };
  }

  private static Constant ofObject(Object value, DataType type) {
    return new Constant(
        switch (value) {
          case null -> null;
          case Instant instant -> ConstantConversion.microseconds(instant);
          case LocalDate date -> Math.toIntExact(date.toEpochDay());
          default -> value;
        },
        type);
  }

  private static Object toObject(Constant constant) {
    if (constant.value() == null) {
      return null;
    } else if (constant.type() == DataType.TIMESTAMP) {
      long us = (Long) constant.value();
      return Instant.ofEpochSecond(
          Math.floorDiv(us, 1_000_000L), Math.floorMod(us, 1_000_000L) * 1_000L);
    } else if (constant.type() == DataType.DATE) {
      return LocalDate.ofEpochDay((Integer) constant.value());
    }
    return constant.value();
  }
}
