package io.millrace.analysis;

import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;

/** Brings the inputs of a union to common column types; names are the first input's. */
final class UnionAnalyzer {
  private UnionAnalyzer() {}

  static ResolvedPlan union(List<ResolvedPlan> inputs, Coercion coercion) {
    Schema first = inputs.getFirst().schema();
    List<Field> fields = new ArrayList<>();
    for (int column = 0; column < first.size(); column++) {
      fields.add(new Field(first.field(column).name(), DataType.VOID, false));
    }
    long streams = inputs.stream().filter(StreamingInputs::isStreaming).count();
    if (streams > 0 && streams < inputs.size()) {
      throw Unsupported.notYet(
          "UNION of a streaming and a static input",
          "read both with readStream() or both with read()");
    }
    for (int i = 0; i < inputs.size(); i++) {
      Schema schema = inputs.get(i).schema();
      if (schema.size() != first.size()) {
        throw new AnalysisException(
            "UNION: the first input has "
                + first.size()
                + " columns ("
                + String.join(", ", first.names())
                + "), input "
                + (i + 1)
                + " has "
                + schema.size()
                + " ("
                + String.join(", ", schema.names())
                + "); select the same columns from both");
      }
      for (int column = 0; column < fields.size(); column++) {
        fields.set(column, merge(fields.get(column), schema.field(column), i, column));
      }
    }
    Schema result = new Schema(fields);
    return new ResolvedPlan.Union(
        inputs.stream().map(input -> convert(input, result, coercion)).toList(), result);
  }

  private static Field merge(Field known, Field next, int input, int column) {
    DataType type =
        Coercion.common(known.type(), next.type())
            .orElseThrow(
                () ->
                    new AnalysisException(
                        "UNION: column "
                            + (column + 1)
                            + " ("
                            + known.name()
                            + ") is "
                            + known.type().sql()
                            + ", and "
                            + next.type().sql()
                            + " in input "
                            + (input + 1)
                            + "; CAST one of them"));
    return new Field(known.name(), type, known.nullable() || next.nullable());
  }

  private static ResolvedPlan convert(ResolvedPlan input, Schema result, Coercion coercion) {
    Relation relation = Relation.of(input);
    List<NamedExpression> columns = new ArrayList<>();
    boolean different = false;
    for (int i = 0; i < result.size(); i++) {
      BoundExpression column = relation.scope().input(i);
      BoundExpression converted = coercion.convert(column, result.field(i).type());
      different |= converted != column;
      columns.add(new NamedExpression(result.field(i).name(), converted));
    }
    return different ? new ResolvedPlan.Project(input, columns) : input;
  }
}
