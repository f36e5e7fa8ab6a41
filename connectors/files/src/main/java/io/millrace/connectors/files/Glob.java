package io.millrace.connectors.files;

import io.millrace.types.AnalysisException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for one name: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a]} or {@code [^a]}, {@code
 * {json,jsonl}}; a backslash takes the meaning from what follows.
 */
final class Glob {
  private static final String SPECIAL = "*?[{\\";
  private static final String REGEX_SPECIAL = "\\.[]{}()*+-?^$|&~#";

  private final Pattern pattern;

  private Glob(Pattern pattern) {
    this.pattern = pattern;
  }

  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
  }

  /**
   * @param owner whose pattern it is, for errors
   * @throws AnalysisException if brackets or braces are not closed
   */
  static Glob parse(String owner, String text) {
    StringBuilder regex = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[' -> i = bracket(owner, text, i, regex);
        case '{' -> {
          regex.append("(?:");
          depth++;
        }
        case '}' -> {
          regex.append(depth > 0 ? ")" : "\\}");
          depth = Math.max(0, depth - 1);
        }
        case ',' -> regex.append(depth > 0 ? "|" : ",");
        case '\\' -> {
          if (++i == text.length()) {
            throw wrong(owner, text, "a backslash at its end");
          }
          literal(text.charAt(i), regex);
        }
        default -> literal(c, regex);
      }
    }
    if (depth > 0) {
      throw wrong(owner, text, "{ without }");
    }
    try {
      return new Glob(Pattern.compile(regex.toString(), Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw wrong(owner, text, e.getDescription());
    }
  }

  boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  /** Appends the class that begins at {@code start} and returns the position of its end. */
  private static int bracket(String owner, String text, int start, StringBuilder regex) {
    int i = start + 1;
    regex.append('[');
    if (i < text.length() && (text.charAt(i) == '!' || text.charAt(i) == '^')) {
      regex.append('^');
      i++;
    }
    int first = i;
    for (; i < text.length() && (text.charAt(i) != ']' || i == first); i++) {
      char c = text.charAt(i);
      if (c == '-' && i > first && i + 1 < text.length() && text.charAt(i + 1) != ']') {
        regex.append('-');
      } else {
        literal(c, regex);
      }
    }
    if (i >= text.length()) {
      throw wrong(owner, text, "[ without ]");
    }
    regex.append(']');
    return i;
  }

  private static void literal(char c, StringBuilder regex) {
    if (REGEX_SPECIAL.indexOf(c) >= 0) {
      regex.append('\\');
    }
    regex.append(c);
  }

  private static AnalysisException wrong(String owner, String text, String what) {
    return new AnalysisException(
        owner
            + ": pattern "
            + text
            + " has "
            + what
            + "; a backslash in front takes the meaning from * ? [ {");
  }
}
