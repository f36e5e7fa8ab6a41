package io.millrace.spi;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;

/** Rows as the table that Spark's {@code show} prints. */
public final class TableText {
  private static final int MIN_WIDTH = 3;
  private static final String ELLIPSIS = "...";

  private TableText() {}

  /**
   * The table, its last line ended.
   *
   * @param rows those to show, and at least one more if there are more
   * @param numRows how many to show at the most
   * @param truncate characters per value, right-aligned; 0 for all of them, left-aligned
   */
  public static String of(Schema schema, List<Row> rows, int numRows, int truncate) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(schema.names().stream().map(CellText::escape).toList());
    int shown = Math.min(rows.size(), numRows);
    for (Row row : rows.subList(0, shown)) {
      lines.add(row.values().stream().map(value -> truncated(value, truncate)).toList());
    }
    StringBuilder text = table(lines, widths(lines, schema.size()), truncate > 0);
    if (rows.size() > shown) {
      text.append("only showing top ").append(numRows).append(numRows == 1 ? " row\n" : " rows\n");
    }
    return text.toString();
  }

  private static StringBuilder table(List<List<String>> lines, int[] widths, boolean rightAligned) {
    StringBuilder separator = new StringBuilder("+");
    for (int width : widths) {
      separator.repeat('-', width).append('+');
    }
    separator.append('\n');
    StringBuilder text = new StringBuilder(separator);
    for (int i = 0; i < lines.size(); i++) {
      line(text, lines.get(i), widths, rightAligned);
      if (i == 0) {
        text.append(separator);
      }
    }
    return text.append(separator);
  }

  private static void line(
      StringBuilder text, List<String> cells, int[] widths, boolean rightAligned) {
    text.append('|');
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      int padding = widths[i] - CellText.width(cell);
      text.repeat(' ', rightAligned ? padding : 0)
          .append(cell)
          .repeat(' ', rightAligned ? 0 : padding)
          .append('|');
    }
    text.append('\n');
  }

  private static int[] widths(List<List<String>> lines, int columns) {
    int[] widths = new int[columns];
    java.util.Arrays.fill(widths, MIN_WIDTH);
    for (List<String> cells : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], CellText.width(cells.get(i)));
      }
    }
    return widths;
  }

  private static String truncated(Object value, int truncate) {
    String cell = CellText.escape(CellText.of(value));
    if (truncate <= 0 || cell.length() <= truncate) {
      return cell;
    }
    return truncate <= ELLIPSIS.length()
        ? cell.substring(0, truncate)
        : cell.substring(0, truncate - ELLIPSIS.length()) + ELLIPSIS;
  }
}
