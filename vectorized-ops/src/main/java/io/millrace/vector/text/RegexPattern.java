package io.millrace.vector.text;

import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.BytesWriter;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of the JDK's, compiled once; used by one thread. Rows of ASCII text are
 * matched in place, others are decoded first, which allocates.
 */
public final class RegexPattern {
  private final String pattern;
  private final Matcher matcher;
  private final TextView view = new TextView();

  /**
   * @throws AnalysisException if it is no regular expression
   */
  public RegexPattern(String pattern) {
    this.pattern = pattern;
    try {
      this.matcher = Pattern.compile(pattern).matcher("");
    } catch (PatternSyntaxException e) {
      throw new AnalysisException(
          "regular expression '"
              + pattern
              + "': "
              + e.getDescription()
              + (e.getIndex() < 0 ? "" : " at position " + e.getIndex()),
          e);
    }
  }

  /** How many groups it has, not counting the whole match. */
  public int groupCount() {
    return matcher.groupCount();
  }

  /** Writes a bitmap: in which rows it matches anywhere. */
  public void find(ColumnVector text, RowSelection rows, ColumnVector out) {
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long result = 0;
      for (long left = rows.word(base); left != 0; left &= left - 1) {
        if (find(text, base + Long.numberOfTrailingZeros(left))) {
          result |= Long.lowestOneBit(left);
        }
      }
      Memory.putLong(out.data() + (base >> 3), result);
    }
  }

  /**
   * Writes what a group matched first; empty where nothing matched.
   *
   * @param group 0 for the whole match, at most {@link #groupCount}
   */
  public void extract(ColumnVector text, int group, RowSelection rows, ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row) && find(text, row)) {
        String found = matcher.group(group);
        if (found != null) {
          writer.append(found);
        }
      }
      writer.endRow(row);
    }
  }

  /**
   * Replaces every match.
   *
   * @param replacement STRING column, in which {@code $1} and {@code ${name}} stand for groups
   * @throws AnalysisException if a replacement names a group that is not there
   */
  public void replace(
      ColumnVector text, ColumnVector replacement, RowSelection rows, ColumnVector out) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        if (find(text, row)) {
          writer.append(replaceAll(replacement.getString(row)));
        } else {
          writer.append(text.data() + text.offset(row), text.length(row));
        }
      }
      writer.endRow(row);
    }
  }

  private String replaceAll(String replacement) {
    try {
      return matcher.replaceAll(replacement);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new AnalysisException(
          "regexp_replace with pattern '"
              + pattern
              + "': replacement '"
              + replacement
              + "': "
              + e.getMessage()
              + "; write \\$ for a dollar sign",
          e);
    } catch (StackOverflowError e) {
      throw tooDeep(e);
    }
  }

  private boolean find(ColumnVector text, int row) {
    try {
      return matcher.reset(view.of(text.data() + text.offset(row), text.length(row))).find();
    } catch (StackOverflowError e) {
      throw tooDeep(e);
    }
  }

  private MillraceException tooDeep(StackOverflowError e) {
    return new MillraceException(
        ErrorCode.DATA,
        "regular expression '"
            + pattern
            + "' needs more stack than there is for a text of this length; use possessive"
            + " quantifiers such as *+, or avoid alternatives inside a repeated group",
        e);
  }
}
