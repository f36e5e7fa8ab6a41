package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Input;
import io.millrace.analysis.ResolvedPlan.WindowSpec;
import io.millrace.plan.Expression;
import io.millrace.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code window(time, size, slide, start)} of one select list: once it has been met, there is a
 * {@link ResolvedPlan.Window} between the input and what reads it.
 */
final class WindowCall {
  /** No user's column is likely to have this name, and in explain it says what it is. */
  static final String START = "window.start";

  /** Each row is handled once per window that it falls into. */
  private static final long MAX_WINDOWS_PER_ROW = 100_000;

  private final Relation input;
  private final Coercion coercion;
  private Optional<ResolvedPlan.Window> window = Optional.empty();

  WindowCall(Relation input, Coercion coercion) {
    this.input = input;
    this.coercion = coercion;
  }

  /** The window as a struct over {@link #below}; empty for calls of other functions. */
  Optional<BoundExpression> bind(Expression.Call call, String clause) {
    if (!call.function().equals(WindowStruct.WINDOW)) {
      return Optional.empty();
    }
    CallSite site = new CallSite(call, clause, coercion);
    site.requireCount(call.arguments(), 2, 4);
    BoundExpression time = time(site, input, call.arguments().getFirst());
    ResolvedPlan.Window bound =
        new ResolvedPlan.Window(
            input.plan(),
            time,
            windows(site, call.arguments()),
            START,
            EventTime.closingUs(input.plan(), time).isPresent());
    if (window.isPresent() && !window.get().equals(bound)) {
      throw site.error(
          "there is another window already; group by one window, and by the next in a query over"
              + " the result");
    }
    window = Optional.of(bound);
    return struct();
  }

  /** The start of the window, a column of {@link #below}; empty if there is no window. */
  Optional<Input> start() {
    return window.map(
        ignored -> new Input(input.plan().schema().size(), START, DataType.TIMESTAMP, false));
  }

  Optional<BoundExpression> struct() {
    return start().map(start -> WindowStruct.ofSize(start, window.get().windows().sizeUs()));
  }

  /** The input, and the start of the window behind its columns if there is a window. */
  Relation below() {
    if (window.isEmpty()) {
      return input;
    }
    List<String> qualifiers = new ArrayList<>(input.scope().qualifiers());
    qualifiers.add("");
    return new Relation(window.get(), new Scope(window.get().schema(), qualifiers));
  }

  /** The time argument of a window or session: a TIMESTAMP, a DATE, or a window's last moment. */
  static BoundExpression time(CallSite site, Relation input, Expression argument) {
    BoundExpression time =
        new ExpressionAnalyzer(input.scope(), site.clause(), site.coercion()).bind(argument);
    if (WindowStruct.isWindow(time)) {
      return WindowStruct.time(site, time);
    } else if (!Coercion.accepts(time, DataType.TIMESTAMP)) {
      throw site.needs(time, "a window", "a TIMESTAMP", DataType.TIMESTAMP);
    }
    return site.coercion().convert(time, DataType.TIMESTAMP);
  }

  private static WindowSpec windows(CallSite site, List<Expression> arguments) {
    long size = Spans.constantUs(site, arguments.get(1), "the size");
    long slide =
        arguments.size() > 2 ? Spans.constantUs(site, arguments.get(2), "the slide") : size;
    long start = arguments.size() > 3 ? Spans.constantUs(site, arguments.get(3), "the start") : 0;
    if (size <= 0) {
      throw site.error("the size must be more than 0");
    } else if (slide <= 0) {
      throw site.error("the slide must be more than 0");
    } else if (slide > size) {
      throw site.error(
          "the slide must not be more than the size, or rows between windows would be lost");
    } else if (Math.ceilDiv(size, slide) > MAX_WINDOWS_PER_ROW) {
      throw site.error(
          "each row would fall into "
              + Math.ceilDiv(size, slide)
              + " windows, more than "
              + MAX_WINDOWS_PER_ROW
              + "; make the slide longer or the size shorter");
    } else if (start <= -slide || start >= slide) {
      throw site.error("the start must be less than the slide, forwards or backwards");
    }
    return new WindowSpec(size, slide, Math.floorMod(start, slide));
  }
}
