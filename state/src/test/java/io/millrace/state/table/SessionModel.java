package io.millrace.state.table;

import io.millrace.state.table.SessionOperator.In;
import io.millrace.state.table.SessionOperator.Out;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Sessions by sorting all rows of a key: the meaning that the operator is compared with. */
final class SessionModel {
  private record Numbered(long number, In row) {
    long start() {
      return row.time();
    }

    long end() {
      return row.time() > Long.MAX_VALUE - row.gap() ? Long.MAX_VALUE : row.time() + row.gap();
    }
  }

  /** Rows of one key whose sessions touch. */
  private record Session(long start, long end, List<Numbered> rows) {
    long firstRow() {
      return rows.stream().mapToLong(Numbered::number).min().orElseThrow();
    }

    Out out() {
      return new Out(
          rows.getFirst().row.key(),
          start,
          end,
          rows.size(),
          rows.stream().mapToLong(each -> each.row.value()).sum(),
          List.of());
    }
  }

  private final List<Numbered> open = new ArrayList<>();

  void take(long number, In row) {
    if (row.time() != null && row.gap() != null && row.gap() > 0) {
      open.add(new Numbered(number, row));
    }
  }

  /** What is over, by end and first row; it is forgotten. */
  List<Out> close(long watermark) {
    List<Session> over =
        sessions().stream()
            .filter(session -> watermark != Long.MIN_VALUE && session.end <= watermark)
            .sorted(Comparator.comparingLong(Session::end).thenComparing(Session::firstRow))
            .toList();
    over.forEach(session -> open.removeAll(session.rows));
    return over.stream().map(Session::out).toList();
  }

  List<Out> all() {
    return sessions().stream()
        .sorted(Comparator.comparingLong(Session::firstRow))
        .map(Session::out)
        .toList();
  }

  private List<Session> sessions() {
    List<Session> sessions = new ArrayList<>();
    List<String> keys = open.stream().map(each -> each.row.key()).distinct().toList();
    for (String key : keys) {
      List<Numbered> rows =
          open.stream()
              .filter(each -> Objects.equals(each.row.key(), key))
              .sorted(Comparator.comparingLong(Numbered::start))
              .toList();
      Session last = null;
      for (Numbered row : rows) {
        if (last == null || row.start() > last.end) {
          last = new Session(row.start(), row.end(), new ArrayList<>());
        } else {
          sessions.remove(last);
          last = new Session(last.start, Math.max(last.end, row.end()), last.rows);
        }
        last.rows.add(row);
        sessions.add(last);
      }
    }
    return sessions;
  }
}
