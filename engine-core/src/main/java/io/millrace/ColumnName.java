package io.millrace;

import io.millrace.plan.Expression;
import io.millrace.types.AnalysisException;
import java.util.ArrayList;
import java.util.List;

/** Reads column names: {@code a}, {@code r.a.b}, {@code `a.b`.c}, {@code *} and {@code r.*}. */
final class ColumnName {
  private ColumnName() {}

  /**
   * @throws AnalysisException if a part is empty or a backquote is not closed
   */
  static Expression parse(String name) {
    if (name.equals("*")) {
      return new Expression.Star(List.of());
    }
    return name.endsWith(".*")
        ? new Expression.Star(parts(name, name.length() - 2))
        : new Expression.Name(parts(name, name.length()));
  }

  private static List<String> parts(String name, int end) {
    List<String> parts = new ArrayList<>();
    int position = 0;
    while (true) {
      StringBuilder part = new StringBuilder();
      position =
          position < end && name.charAt(position) == '`'
              ? quoted(name, position + 1, end, part)
              : plain(name, position, end, part);
      if (part.isEmpty()) {
        throw error(name, "a part of it is empty");
      }
      parts.add(part.toString());
      if (position == end) {
        return parts;
      }
      if (name.charAt(position) != '.') {
        throw error(name, "expected '.' at position " + (position + 1));
      }
      position++;
    }
  }

  private static int plain(String name, int from, int end, StringBuilder part) {
    int dot = name.indexOf('.', from);
    int stop = dot < 0 || dot > end ? end : dot;
    part.append(name, from, stop);
    return stop;
  }

  /** Two backquotes stand for one; returns the position behind the closing one. */
  private static int quoted(String name, int from, int end, StringBuilder part) {
    int position = from;
    while (position < end) {
      char c = name.charAt(position++);
      if (c != '`') {
        part.append(c);
      } else if (position < end && name.charAt(position) == '`') {
        part.append('`');
        position++;
      } else {
        return position;
      }
    }
    throw error(name, "a closing ` is missing");
  }

  private static AnalysisException error(String name, String what) {
    return new AnalysisException(
        "column name \"" + name + "\": " + what + "; quote names with dots as `a.b`");
  }
}
