package io.millrace.oracle;

import io.millrace.types.DataType;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A query's meaning: one row after the other, on Java collections. */
final class QueryInterpreter {
  private final QuerySpec query;
  private final WatermarkInterpreter watermark;
  private final GroupInterpreter first;
  private final Optional<GroupInterpreter> second;
  private final List<Schema> schemas;

  /**
   * @param schemas of the results of the groupings, the last ones of which are the aggregates
   */
  QueryInterpreter(QuerySpec query, List<Schema> schemas) {
    this.query = query;
    this.schemas = schemas;
    watermark = new WatermarkInterpreter(query.delaysUs(), query.minimum());
    first = grouping(query.first(), query.schema(), schemas.getFirst());
    second = query.second().map(g -> grouping(g, schemas.getFirst(), schemas.getLast()));
  }

  private GroupInterpreter grouping(Grouping grouping, Schema input, Schema result) {
    List<DataType> types = result.fields().stream().map(field -> field.type()).toList();
    int calls = grouping.calls().size();
    return new GroupInterpreter(
        grouping,
        input,
        types.subList(types.size() - calls, types.size()),
        query.mode(),
        query.hasEventTime(),
        query.isByPane(grouping));
  }

  /** A batch: its rows per input; what comes out. */
  List<List<Object>> batch(List<List<List<Object>>> inputs) {
    for (int input = 0; input < inputs.size(); input++) {
      for (List<Object> row : inputs.get(input)) {
        row(query.watermarkOf(input), row);
      }
    }
    long before = watermark.atBatchUs();
    watermark.endOfBatch();
    long after = watermark.atBatchUs();
    List<List<Object>> rows = having(query.first(), schemas.getFirst(), first.endOfBatch(after));
    if (second.isEmpty()) {
      return rows;
    }
    for (List<Object> row : rows) {
      second.get().add(row, GroupInterpreter.us(row.get(1)) - 1, before);
    }
    return having(query.second().get(), schemas.getLast(), second.get().endOfBatch(after));
  }

  private void row(int input, List<Object> row) {
    if (query.below().isPresent() && !query.below().get().test(query.schema(), row)) {
      return;
    }
    Long time = GroupInterpreter.us(row.get(query.schema().indexOf("ts").orElseThrow()));
    long before = query.lateByRow() ? watermark.nowUs() : watermark.atBatchUs();
    watermark.see(input, time);
    if (query.above().isEmpty() || query.above().get().test(query.schema(), row)) {
      first.add(row, time, before);
    }
  }

  private static List<List<Object>> having(
      Grouping grouping, Schema schema, List<List<Object>> rows) {
    List<List<Object>> kept = new ArrayList<>(rows);
    grouping.having().ifPresent(h -> kept.removeIf(row -> !h.test(schema, row)));
    return kept;
  }

  /** Groups that are kept, per grouping. */
  List<Long> groupCounts() {
    return groupings().stream().map(GroupInterpreter::groupCount).toList();
  }

  /** Rows that came too late so far, per grouping. */
  List<Long> late() {
    return groupings().stream().map(GroupInterpreter::late).toList();
  }

  private List<GroupInterpreter> groupings() {
    return second.map(s -> List.of(first, s)).orElse(List.of(first));
  }
}
