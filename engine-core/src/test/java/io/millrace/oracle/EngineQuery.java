package io.millrace.oracle;

import static io.millrace.Functions.expr;

import io.millrace.Column;
import io.millrace.DataFrame;
import io.millrace.Session;
import io.millrace.types.Schema;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A query as the engine takes it: in Java or as SQL text. */
final class EngineQuery {
  private final QuerySpec query;
  private final DataFrame firstResult;
  private final DataFrame result;

  EngineQuery(QuerySpec query, Session session, List<DataFrame> inputs) {
    this.query = query;
    DataFrame rows = rows(inputs);
    if (query.sql()) {
      rows.createOrReplaceTempView("input");
      String filter = query.above().map(condition -> " WHERE " + condition.sql()).orElse("");
      String firstText = sql(query.first(), "input" + filter, "ts", false);
      firstResult = session.sql(sql(query.first(), "input" + filter, "ts", true));
      result =
          query
              .second()
              .map(g -> session.sql(sql(g, "(" + firstText + ")", "window_time(window)", true)))
              .orElse(firstResult);
    } else {
      DataFrame filtered = query.above().map(c -> rows.filter(c.sql())).orElse(rows);
      DataFrame grouped = java(query.first(), filtered, "ts");
      boolean sessions = query.first().windows() instanceof Windows.Sessions;
      String time = "window_time(" + (sessions ? "session_window" : "window") + ")";
      firstResult = flat(query.first(), grouped);
      result = query.second().map(g -> flat(g, java(g, grouped, time))).orElse(firstResult);
    }
  }

  DataFrame frame() {
    return result;
  }

  /** What each grouping gives out. */
  List<Schema> schemas() {
    return query.second().isPresent()
        ? List.of(firstResult.schema(), result.schema())
        : List.of(result.schema());
  }

  private DataFrame rows(List<DataFrame> inputs) {
    DataFrame all = null;
    for (int i = 0; i < inputs.size(); i++) {
      DataFrame one = inputs.get(i);
      if (!query.unionFirst()) {
        one = watermarked(one, query.delaysUs().get(i));
      }
      all = all == null ? one : all.union(one);
    }
    return query.unionFirst() ? watermarked(all, query.delaysUs().getFirst()) : all;
  }

  private DataFrame watermarked(DataFrame frame, Optional<Long> delayUs) {
    DataFrame below = query.below().map(c -> frame.filter(c.sql())).orElse(frame);
    return delayUs
        .map(us -> below.withWatermark("ts", Duration.of(us, ChronoUnit.MICROS)))
        .orElse(below);
  }

  private static DataFrame java(Grouping grouping, DataFrame rows, String time) {
    List<Column> keys = new ArrayList<>();
    grouping.windows().sql(time).ifPresent(window -> keys.add(expr(window)));
    grouping.keys().forEach(key -> keys.add(expr(key)));
    List<Column> calls = new ArrayList<>();
    for (Call call : grouping.calls()) {
      calls.add(expr(call.sql()).as("c" + calls.size()));
    }
    Column[] more = calls.subList(1, calls.size()).toArray(Column[]::new);
    DataFrame result =
        keys.isEmpty()
            ? rows.agg(calls.getFirst(), more)
            : rows.groupBy(keys.toArray(Column[]::new)).agg(calls.getFirst(), more);
    return grouping.having().map(condition -> result.filter(condition.sql())).orElse(result);
  }

  private static DataFrame flat(Grouping grouping, DataFrame result) {
    List<String> items = new ArrayList<>(bounds(grouping));
    items.addAll(grouping.keys());
    for (int i = 0; i < grouping.calls().size(); i++) {
      items.add("c" + i);
    }
    return result.selectExpr(items.toArray(String[]::new));
  }

  private static List<String> bounds(Grouping grouping) {
    return switch (grouping.windows()) {
      case Windows.None ignored -> List.of();
      case Windows.Instants ignored -> List.of("ts");
      case Windows.Fixed ignored -> List.of("window.start AS start", "window.end AS end");
      case Windows.Sessions ignored ->
          List.of("session_window.start AS start", "session_window.end AS end");
    };
  }

  private static String sql(Grouping grouping, String from, String time, boolean flat) {
    List<String> items = new ArrayList<>();
    Optional<String> window = grouping.windows().sql(time);
    if (flat) {
      items.addAll(bounds(grouping));
    } else {
      window.map(text -> text + " AS window").ifPresent(items::add);
    }
    items.addAll(grouping.keys());
    for (int i = 0; i < grouping.calls().size(); i++) {
      items.add(grouping.calls().get(i).sql() + " AS c" + i);
    }
    List<String> keys = new ArrayList<>();
    window.ifPresent(keys::add);
    keys.addAll(grouping.keys());
    return "SELECT "
        + String.join(", ", items)
        + " FROM "
        + from
        + (keys.isEmpty() ? "" : keys.stream().collect(Collectors.joining(", ", " GROUP BY ", "")))
        + grouping.having().map(c -> " HAVING " + having(grouping, c)).orElse("");
  }

  /** Aggregates have no names yet where HAVING stands. */
  private static String having(Grouping grouping, Condition condition) {
    int call = Integer.parseInt(condition.column().substring(1));
    return condition.sql().replaceFirst("^c[0-9]+", grouping.calls().get(call).sql());
  }
}
