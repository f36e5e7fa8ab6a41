package io.millrace.oracle;

import io.millrace.OutputMode;
import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.aggregate.AggregateModel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One grouping, row after row. A group keeps its rows; what it gives out is computed from all of
 * them. Result rows are start and end of the window or the time, where there is one, the keys and
 * the aggregates.
 */
final class GroupInterpreter {
  /** A group; of sessions, those with the same keys are several groups. */
  static final class Group {
    final List<Object> keys;
    final long firstRow;
    final Long startUs;
    final Long endUs;
    long touchedBy = -1;
    final List<List<Object>> rows = new ArrayList<>();

    Group(List<Object> keys, Long startUs, Long endUs, long firstRow) {
      this.keys = keys;
      this.startUs = startUs;
      this.endUs = endUs;
      this.firstRow = firstRow;
    }

    /** Both, the rows of the other behind those of this one. */
    Group joinedBefore(Group other) {
      Group both =
          new Group(
              keys,
              Math.min(startUs, other.startUs),
              Math.max(endUs, other.endUs),
              Math.min(firstRow, other.firstRow));
      both.rows.addAll(rows);
      both.rows.addAll(other.rows);
      return both;
    }

    boolean isOver(long watermarkUs) {
      return endUs != null && watermarkUs != WatermarkInterpreter.NONE && endUs <= watermarkUs;
    }
  }

  private final Grouping grouping;
  private final Schema input;
  private final List<DataType> resultTypes;
  private final OutputMode mode;
  private final boolean ends;
  private final boolean byPane;
  private final Map<List<Object>, Group> groups = new LinkedHashMap<>();

  /** By start and keys, those that some window still needs. */
  private final Map<List<Object>, Group> panes = new HashMap<>();

  private long rowNumber;
  private long late;

  /**
   * @param input columns of the rows
   * @param resultTypes of the aggregates
   * @param eventTime whether groups by time can be over
   * @param byPane whether what is kept is counted by pane
   */
  GroupInterpreter(
      Grouping grouping,
      Schema input,
      List<DataType> resultTypes,
      OutputMode mode,
      boolean eventTime,
      boolean byPane) {
    this.byPane = byPane;
    this.grouping = grouping;
    this.input = input;
    this.resultTypes = resultTypes;
    this.mode = mode;
    this.ends =
        eventTime && mode != OutputMode.COMPLETE && !(grouping.windows() instanceof Windows.None);
  }

  /**
   * @param timeUs null if the row has none
   * @param watermarkUs by which it may be late
   */
  void add(List<Object> row, Long timeUs, long watermarkUs) {
    List<Object> keys = new ArrayList<>();
    for (String key : grouping.keys()) {
      keys.add(AggregateModel.normal(row.get(input.indexOf(key).orElseThrow())));
    }
    switch (grouping.windows()) {
      case Windows.None ignored -> add(row, new Group(keys, null, null, rowNumber), watermarkUs);
      case Windows.Instants ignored ->
          add(row, new Group(keys, timeUs, timeUs, rowNumber), watermarkUs);
      case Windows.Fixed fixed -> {
        for (long start : timeUs == null ? List.<Long>of() : fixed.startsOf(timeUs)) {
          Group window = new Group(keys, start, start + fixed.sizeUs(), rowNumber);
          add(row, window, watermarkUs);
          if (timeUs - start < fixed.slideUs() && !window.isOver(watermarkUs)) {
            panes.put(Lists.join(List.of(start), keys), window);
          }
        }
      }
      case Windows.Sessions sessions -> {
        Long gap = sessions.gapUs().orElseGet(() -> ownGapUs(row));
        if (timeUs != null && gap != null && gap > 0) {
          addToSession(row, new Group(keys, timeUs, timeUs + gap, rowNumber), watermarkUs);
        }
      }
    }
    rowNumber++;
  }

  private void add(List<Object> row, Group candidate, long watermarkUs) {
    if (ends && candidate.isOver(watermarkUs)) {
      late++;
      return;
    }
    List<Object> times = new ArrayList<>();
    times.add(candidate.startUs);
    Group group = groups.computeIfAbsent(Lists.join(times, candidate.keys), k -> candidate);
    group.rows.add(row);
    group.touchedBy = group.touchedBy < 0 ? rowNumber : group.touchedBy;
  }

  private Long ownGapUs(List<Object> row) {
    Integer seconds = (Integer) row.get(input.indexOf("gap").orElseThrow());
    return seconds == null ? null : seconds * 1_000_000L;
  }

  /**
   * Sessions that touch become one: rows of the earlier come before those of the later, and the row
   * that makes them meet is the last. What the watermark is past takes no more rows.
   */
  private void addToSession(List<Object> row, Group session, long watermarkUs) {
    if (ends && session.isOver(watermarkUs)) {
      late++;
      return;
    }
    List<Group> touching =
        groups.values().stream()
            .filter(g -> g.keys.equals(session.keys) && !(ends && g.isOver(watermarkUs)))
            .filter(g -> g.startUs <= session.endUs && session.startUs <= g.endUs)
            .sorted(Comparator.comparing(g -> g.startUs))
            .toList();
    groups.values().removeAll(touching);
    Group joined = touching.stream().reduce(Group::joinedBefore).orElse(session);
    if (joined != session) {
      joined = joined.joinedBefore(session);
    }
    joined.rows.add(row);
    groups.put(Lists.join(List.of(joined.firstRow), joined.keys), joined);
  }

  /** What comes out at the end of a batch. */
  List<List<Object>> endOfBatch(long watermarkUs) {
    if (grouping.keys().isEmpty() && grouping.windows() instanceof Windows.None) {
      groups.computeIfAbsent(
          Lists.join(java.util.Collections.singletonList(null)),
          k -> {
            Group all = new Group(List.of(), null, null, rowNumber);
            all.touchedBy = rowNumber;
            return all;
          });
    }
    List<Group> over = groups.values().stream().filter(g -> ends && g.isOver(watermarkUs)).toList();
    Comparator<Group> byEnd =
        Comparator.comparing(g -> g.endUs, Comparator.nullsFirst(Comparator.naturalOrder()));
    List<List<Object>> result =
        switch (mode) {
          case APPEND -> results(over, byEnd.thenComparingLong(g -> g.firstRow));
          case UPDATE ->
              results(
                  groups.values().stream().filter(g -> g.touchedBy >= 0).toList(),
                  Comparator.<Group>comparingLong(g -> g.touchedBy).thenComparing(byEnd));
          case COMPLETE ->
              results(
                  groups.values(),
                  Comparator.<Group>comparingLong(g -> g.firstRow).thenComparing(byEnd));
        };
    groups.values().removeAll(over);
    panes.values().removeIf(pane -> pane.isOver(watermarkUs));
    groups.values().forEach(group -> group.touchedBy = -1);
    return result;
  }

  private List<List<Object>> results(Collection<Group> some, Comparator<Group> order) {
    return some.stream().sorted(order).map(this::result).toList();
  }

  private List<Object> result(Group group) {
    List<Object> row = new ArrayList<>();
    if (!(grouping.windows() instanceof Windows.None)) {
      row.add(instant(group.startUs));
    }
    if (!(grouping.windows() instanceof Windows.None)
        && !(grouping.windows() instanceof Windows.Instants)) {
      row.add(instant(group.endUs));
    }
    row.addAll(group.keys);
    for (int i = 0; i < grouping.calls().size(); i++) {
      row.add(grouping.calls().get(i).result(input, group.rows, resultTypes.get(i)));
    }
    return row;
  }

  static Instant instant(Long us) {
    return us == null ? null : Instant.EPOCH.plus(us, ChronoUnit.MICROS);
  }

  static Long us(Object instant) {
    return instant == null
        ? null
        : (Long) ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) instant);
  }

  long groupCount() {
    return byPane ? panes.size() : groups.size();
  }

  /** How many rows, once for each of their windows, came too late so far. */
  long late() {
    return late;
  }
}
