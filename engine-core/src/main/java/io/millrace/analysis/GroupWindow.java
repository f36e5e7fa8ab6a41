package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Input;
import io.millrace.analysis.ResolvedPlan.AggregateCall;
import io.millrace.analysis.ResolvedPlan.EventTimeKey;
import io.millrace.analysis.ResolvedPlan.NamedExpression;
import io.millrace.plan.Expression;
import io.millrace.types.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The window or the sessions that a query groups by, if it does. Of a window its start is a key; a
 * session's bounds are known only when the groups are.
 */
final class GroupWindow {
  /** Sessions' bounds stand as inputs from this index on until the number of keys is known. */
  static final int FIRST_BOUND = 1 << 24;

  /** The first index behind them. */
  static final int END_OF_BOUNDS = FIRST_BOUND + 2;

  private static final BoundExpression SESSION =
      WindowStruct.of(
          new Input(FIRST_BOUND, "start", DataType.TIMESTAMP, false),
          new Input(FIRST_BOUND + 1, "end", DataType.TIMESTAMP, false));

  private final Relation input;
  private final Coercion coercion;
  private final WindowCall window;
  private Optional<SessionCall> session = Optional.empty();

  GroupWindow(Relation input, Coercion coercion) {
    this.input = input;
    this.coercion = coercion;
    this.window = new WindowCall(input, coercion);
  }

  /** The call as a key, a struct; empty for calls of other functions. */
  Optional<BoundExpression> group(Expression.Call call) {
    Optional<BoundExpression> struct = bind(call, "group by");
    if (window.start().isPresent() && session.isPresent()) {
      throw new CallSite(call, "group by", coercion)
          .error("a query groups by one window or by sessions, not by both");
    }
    return struct;
  }

  /** The call where no new window can come into being. */
  Optional<BoundExpression> select(Expression.Call call, String clause) {
    return window.start().isPresent() || session.isPresent()
        ? bind(call, clause)
        : Optional.empty();
  }

  private Optional<BoundExpression> bind(Expression.Call call, String clause) {
    return window.bind(call, clause).or(() -> session(call, clause));
  }

  private Optional<BoundExpression> session(Expression.Call call, String clause) {
    CallSite site = new CallSite(call, clause, coercion);
    Optional<SessionCall> bound = SessionCall.bind(call, input, site);
    if (bound.isEmpty()) {
      return Optional.empty();
    } else if (session.isPresent() && !session.equals(bound)) {
      throw site.error("there is another session_window already; group by one");
    }
    session = bound;
    return Optional.of(SESSION);
  }

  /** {@code window}, {@code window.start}: the window that is grouped by, or one of its bounds. */
  Optional<BoundExpression> named(List<String> parts) {
    Optional<BoundExpression> struct =
        switch (parts.getFirst().toLowerCase(Locale.ROOT)) {
          case WindowStruct.WINDOW -> window.struct();
          case WindowStruct.SESSION -> session.map(ignored -> SESSION);
          default -> Optional.empty();
        };
    return struct.map(value -> StructFunctions.fields(value, parts.subList(1, parts.size())));
  }

  /** What stands for a key among the keys: of a window its start, of sessions nothing. */
  List<NamedExpression> keys(NamedExpression key) {
    BoundExpression value = key.expression();
    if (window.struct().filter(value::equals).isPresent()) {
      return List.of(new NamedExpression(WindowCall.START, window.start().orElseThrow()));
    } else if (value.equals(SESSION)) {
      return List.of();
    } else if (WindowStruct.isWindow(value) && !value.nullable()) {
      List<BoundExpression> bounds = WindowStruct.bounds(value);
      return List.of(
          new NamedExpression(key.name() + ".start", bounds.getFirst()),
          new NamedExpression(key.name() + ".end", bounds.getLast()));
    }
    return List.of(key);
  }

  /** How many columns stand between the keys and the aggregates. */
  int bounds() {
    return session.isPresent() ? END_OF_BOUNDS - FIRST_BOUND : 0;
  }

  ResolvedPlan groups(List<NamedExpression> keys, List<AggregateCall> calls) {
    ResolvedPlan rows = window.below().plan();
    if (session.isPresent()) {
      SessionCall call = session.get();
      boolean eventTime = EventTime.closingUs(rows, call.time()).isPresent();
      return new ResolvedPlan.SessionAggregate(
          rows, keys, call.time(), call.gapUs(), calls, eventTime);
    }
    return new ResolvedPlan.Aggregate(rows, keys, calls, eventTime(rows, keys));
  }

  private static Optional<EventTimeKey> eventTime(ResolvedPlan rows, List<NamedExpression> keys) {
    for (int i = 0; i < keys.size(); i++) {
      OptionalLong closing = EventTime.closingUs(rows, keys.get(i).expression());
      if (closing.isPresent()) {
        return Optional.of(new EventTimeKey(i, closing.getAsLong()));
      }
    }
    return Optional.empty();
  }
}
