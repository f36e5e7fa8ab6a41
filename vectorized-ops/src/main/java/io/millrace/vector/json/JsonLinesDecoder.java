package io.millrace.vector.json;

import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.ErrorCode;
import io.millrace.types.Field;
import io.millrace.types.MillraceException;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes JSON lines into a block, only the columns that are needed, without an object per row or
 * field. Lines are separated by {@code \n}; those of only white space are no rows. For one thread.
 *
 * <p>Values follow Spark: integers take only integers in their range, floating-point columns any
 * finite number or the texts NaN, INF and Infinity with a sign, DECIMAL a number or its text,
 * rounded half up, STRING any value (its raw text if it is not a string), BINARY Base64, DATE and
 * TIMESTAMP text, TIMESTAMP also whole seconds since 1970. Null and missing are null; unknown
 * fields are walked over; of a field that stands twice the last counts; names match exactly. A
 * surrogate escape without its partner reads as U+FFFD. Not JSON, and so corrupt, are comments,
 * single quotes, NaN without quotes, and anything behind the object.
 *
 * <p>A line is corrupt if it is not such an object in valid UTF-8, if a needed value is not of its
 * column's type (in {@link JsonMode#PERMISSIVE} the other columns still get theirs), or if a needed
 * NOT NULL column has no value (such a line never gives a row).
 */
public final class JsonLinesDecoder {
  /** After so many lines of another look in a row the layout is taken anew, at first. */
  private static final int MIN_PATIENCE = 8;

  /** The same when it did no good again and again, as with fields in random order. */
  private static final int MAX_PATIENCE = 1024;

  private final JsonMode mode;
  private final List<JsonColumn> columns = new ArrayList<>();
  private final JsonColumn corruptRecord;
  private final LineDecoder lineDecoder;
  private final Layout layout;
  private final LayoutLearner learner;
  private final boolean useLayout;

  private boolean atFileStart;
  private int patience = MIN_PATIENCE;
  private int missesLeft = 1;
  private long lineNumber;
  private long lineOffset;
  private long rowCount;
  private long rejectCount;
  private long dropCount;

  /**
   * @param neededColumns indexes into {@code fileSchema}, in the order of the block's columns
   * @throws AnalysisException if the column for corrupt records is not a STRING that may be null
   */
  public JsonLinesDecoder(Schema fileSchema, int[] neededColumns, JsonOptions options) {
    this(fileSchema, neededColumns, options, true);
  }

  JsonLinesDecoder(Schema fileSchema, int[] neededColumns, JsonOptions options, boolean useLayout) {
    this.mode = options.mode();
    this.useLayout = useLayout;
    List<JsonColumn> filled = new ArrayList<>();
    JsonColumn corrupt = null;
    for (Field field : fileSchema.select(neededColumns).fields()) {
      JsonColumn column = new JsonColumn(field);
      columns.add(column);
      if (field.name().equals(options.columnNameOfCorruptRecord())) {
        corrupt = requireText(column);
      } else {
        filled.add(column);
      }
    }
    corruptRecord = corrupt;
    FieldTable table = new FieldTable(filled);
    ValueDecoder values = new ValueDecoder();
    lineDecoder = new LineDecoder(filled, table, values);
    layout = new Layout(values);
    learner = new LayoutLearner(columns, table);
  }

  private static JsonColumn requireText(JsonColumn column) {
    if (column.type() != DataType.STRING || !column.nullable()) {
      throw new AnalysisException(
          "column "
              + column.name()
              + " is "
              + column.type().sql()
              + (column.nullable() ? "" : " NOT NULL")
              + "; the column for corrupt records must be a STRING that may be null");
    }
    return column;
  }

  /** The next bytes begin a file: lines count from 1 again, and a byte order mark is skipped. */
  public void startFile() {
    atFileStart = true;
    lineNumber = 0;
  }

  /**
   * Appends rows to the block until the bytes are used up or the block is full.
   *
   * @param address of the buffer; {@link io.millrace.vector.column.ByteBlock#PADDING} bytes behind
   *     {@code to} must be readable
   * @param from offset of the first byte, the beginning of a line
   * @param to offset behind the last byte, the end of a line or of the file
   * @param into has the needed columns, and at least the rows that are already there
   * @return the offset behind the last line that was consumed
   * @throws MillraceException for a corrupt line in {@link JsonMode#FAILFAST}; {@link #lineNumber}
   *     and {@link #lineOffset} then tell the line, and the block has the rows before it
   */
  public int decode(long address, int from, int to, Block into, JsonRejects rejects) {
    long end = address + to;
    long at = skipByteOrderMark(address + from, end);
    int row = into.rowCount();
    int capacity = into.rowCapacity();
    if (at == end || row == capacity) {
      return (int) (at - address);
    }
    bind(into, row, (int) Math.min(capacity, row + (end - at) / 2 + 1));
    while (at < end && row < capacity) {
      int first = row;
      long next = at;
      while (next != 0 && next < end && row < capacity) {
        at = next;
        next = layout.decode(at, end, row);
        row += next != 0 ? 1 : 0;
      }
      if (row > first) {
        countRows(row - first);
      }
      if (next != 0) {
        at = next;
        break;
      }
      into.rowCount(row);
      lineOffset = at - address;
      long lineEnd = lineDecoder.lineEnd(at, end);
      if (line(at, lineEnd, end, row, rejects)) {
        row++;
        rowCount++;
      }
      at = Math.min(end, lineEnd + 1);
    }
    into.rowCount(row);
    return (int) (at - address);
  }

  private void countRows(int rows) {
    rowCount += rows;
    lineNumber += rows;
    if (rows >= MIN_PATIENCE) {
      patience = MIN_PATIENCE;
    }
    missesLeft = patience;
  }

  private long skipByteOrderMark(long at, long end) {
    if (!atFileStart || at == end) {
      return at;
    }
    atFileStart = false;
    boolean mark =
        end - at >= 3
            && (Memory.getShort(at) & 0xFFFF) == 0xBBEF
            && (Memory.getByte(at + 2) & 0xFF) == 0xBF;
    return mark ? at + 3 : at;
  }

  private void bind(Block into, int row, int endRow) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).bind(into.column(i), row, endRow);
    }
  }

  /** Decodes a line that does not look like those before it; whether it gave a row. */
  private boolean line(long at, long lineEnd, long end, int row, JsonRejects rejects) {
    lineNumber++;
    if (ValueSkipper.skipSpace(at, lineEnd) == lineEnd) {
      return false;
    }
    lineDecoder.decode(at, lineEnd, row);
    if (lineDecoder.fault() != null) {
      return corrupt(at, lineEnd, row, rejects);
    }
    if (corruptRecord != null) {
      corruptRecord.setNull(row);
    }
    if (useLayout && lineEnd < end && --missesLeft <= 0) {
      learner.learn(at, lineEnd + 1, layout);
      missesLeft = patience;
      patience = Math.min(MAX_PATIENCE, 2 * patience);
    }
    return true;
  }

  private boolean corrupt(long at, long lineEnd, int row, JsonRejects rejects) {
    String fault = lineDecoder.fault();
    if (mode == JsonMode.FAILFAST) {
      throw new MillraceException(
          ErrorCode.DATA,
          "line " + lineNumber + ": " + fault + "; mode PERMISSIVE or DROPMALFORMED goes on");
    }
    rejectCount++;
    int length = (int) (lineEnd - at);
    if (length > 0 && Memory.getByte(lineEnd - 1) == '\r') {
      length--;
    }
    rejects.reject(at, length, fault);
    if (mode == JsonMode.PERMISSIVE && keep(row)) {
      putCorruptRecord(at, length, row);
      return true;
    }
    for (JsonColumn column : columns) {
      column.setValid(row);
    }
    dropCount++;
    return false;
  }

  /** Makes what a corrupt line leaves of a row; false if the schema does not allow it. */
  private boolean keep(int row) {
    if (lineDecoder.malformed()) {
      for (JsonColumn column : columns) {
        column.setNull(row);
      }
    }
    return !lineDecoder.lacksValue(row);
  }

  private void putCorruptRecord(long at, int length, int row) {
    if (corruptRecord == null) {
      return;
    }
    corruptRecord.setValid(row);
    if (Utf8.isValid(at, at + length)) {
      corruptRecord.putText(row, at, length);
      return;
    }
    byte[] raw = new byte[length];
    Memory.copy(at, raw, 0, length);
    byte[] text = new String(raw, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    Memory.copy(text, 0, corruptRecord.reserve(row, text.length), text.length);
    corruptRecord.setLength(row, text.length);
  }

  /** How many lines were consumed since {@link #startFile}: the number of the last one. */
  public long lineNumber() {
    return lineNumber;
  }

  /** Offset in the buffer of the last line that was corrupt or looked different. */
  public long lineOffset() {
    return lineOffset;
  }

  /** How many rows were decoded in all. */
  public long rowCount() {
    return rowCount;
  }

  /** How many lines were corrupt in all, whether they gave a row or not. */
  public long rejectCount() {
    return rejectCount;
  }

  /** How many of the corrupt lines gave no row. */
  public long dropCount() {
    return dropCount;
  }
}
