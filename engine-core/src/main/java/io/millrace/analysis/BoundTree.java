package io.millrace.analysis;

import io.millrace.analysis.BoundExpression.Apply;
import io.millrace.analysis.BoundExpression.Branch;
import io.millrace.analysis.BoundExpression.Case;
import io.millrace.analysis.BoundExpression.Constant;
import io.millrace.analysis.BoundExpression.Convert;
import io.millrace.analysis.BoundExpression.Field;
import io.millrace.analysis.BoundExpression.InList;
import io.millrace.analysis.BoundExpression.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Walks and rebuilds bound expressions. */
public final class BoundTree {
  private BoundTree() {}

  public static List<BoundExpression> children(BoundExpression expression) {
    return switch (expression) {
      case Input ignored -> List.of();
      case Constant ignored -> List.of();
      case Apply apply -> apply.arguments();
      case Field field -> List.of(field.struct());
      case Convert convert -> List.of(convert.child());
      case InList in -> List.of(in.value());
      case Case cases -> {
        List<BoundExpression> children = new ArrayList<>();
        for (Branch branch : cases.branches()) {
          children.add(branch.condition());
          children.add(branch.value());
        }
        cases.otherwise().ifPresent(children::add);
        yield children;
      }
    };
  }

  /** The same operator over other children, as many and of the same types. */
  public static BoundExpression withChildren(
      BoundExpression expression, List<BoundExpression> children) {
    return switch (expression) {
      case Input input -> input;
      case Constant constant -> constant;
      case Apply apply -> new Apply(apply.function(), children, apply.type(), apply.nullable());
      case Field field -> Field.of(children.getFirst(), field.index());
      case Convert convert ->
          new Convert(children.getFirst(), convert.type(), convert.safe(), convert.nullable());
      case InList in -> new InList(children.getFirst(), in.options(), in.hasNull());
      case Case cases -> {
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < cases.branches().size(); i++) {
          branches.add(new Branch(children.get(2 * i), children.get(2 * i + 1)));
        }
        Optional<BoundExpression> otherwise = cases.otherwise().map(old -> children.getLast());
        yield new Case(branches, otherwise, cases.type(), cases.nullable());
      }
    };
  }

  /**
   * Replaces parts from the top: where {@code replacement} gives something, that stands there and
   * is not looked into.
   */
  public static BoundExpression replace(
      BoundExpression expression,
      Function<BoundExpression, Optional<BoundExpression>> replacement) {
    Optional<BoundExpression> replaced = replacement.apply(expression);
    if (replaced.isPresent()) {
      return replaced.get();
    }
    return mapChildren(expression, child -> replace(child, replacement));
  }

  /** Applies {@code change} to every part, innermost first. */
  public static BoundExpression bottomUp(
      BoundExpression expression, UnaryOperator<BoundExpression> change) {
    return change.apply(mapChildren(expression, child -> bottomUp(child, change)));
  }

  private static BoundExpression mapChildren(
      BoundExpression expression, UnaryOperator<BoundExpression> change) {
    List<BoundExpression> children = children(expression);
    List<BoundExpression> changed = new ArrayList<>(children.size());
    boolean different = false;
    for (BoundExpression child : children) {
      BoundExpression next = change.apply(child);
      different |= next != child;
      changed.add(next);
    }
    return different ? withChildren(expression, changed) : expression;
  }

  public static boolean any(BoundExpression expression, Predicate<BoundExpression> property) {
    if (property.test(expression)) {
      return true;
    }
    for (BoundExpression child : children(expression)) {
      if (any(child, property)) {
        return true;
      }
    }
    return false;
  }
}
