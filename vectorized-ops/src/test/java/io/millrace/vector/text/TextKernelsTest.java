package io.millrace.vector.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.DataType;
import io.millrace.vector.KernelColumns;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every text kernel against the JDK's String, on random text. */
class TextKernelsTest {
  private static final int ROWS = 300;

  private final Random random = new Random(7);
  private final KernelColumns columns = new KernelColumns();
  private final List<String> texts = RandomTexts.list(random, ROWS);
  private final ColumnVector text = columns.column(DataType.STRING, texts);

  @AfterEach
  void close() {
    columns.close();
  }

  private void check(DataType type, KernelColumns.Kernel kernel, Expected expected) {
    columns.check(type, ROWS, random, kernel, row -> expected.of(texts.get(row), row));
  }

  private interface Expected {
    Object of(String text, int row);
  }

  @Test
  void lengthsCountCodePointsOrBytes() {
    check(
        DataType.INT,
        (rows, out) -> TextLength.characters(text, rows, out),
        (t, row) -> t.codePointCount(0, t.length()));
    check(
        DataType.INT,
        (rows, out) -> TextLength.bytes(text, rows, out),
        (t, row) -> t.getBytes(StandardCharsets.UTF_8).length);
    check(
        DataType.INT,
        (rows, out) -> TextLength.firstCodePoint(text, rows, out),
        (t, row) -> t.isEmpty() ? 0 : t.codePointAt(0));
  }

  @Test
  void caseChangesAsInTheJdk() {
    check(
        DataType.STRING,
        (rows, out) -> LetterCase.upper(text, rows, out),
        (t, row) -> t.toUpperCase(Locale.ROOT));
    check(
        DataType.STRING,
        (rows, out) -> LetterCase.lower(text, rows, out),
        (t, row) -> t.toLowerCase(Locale.ROOT));
  }

  @Test
  void everyAsciiCharacterChangesCaseAtEveryPositionOfAWord() {
    List<String> shifted = new ArrayList<>();
    for (int shift = 0; shift < 9; shift++) {
      StringBuilder all = new StringBuilder("-".repeat(shift));
      for (char c = 0; c < 128; c++) {
        all.append(c);
      }
      shifted.add(all.toString());
    }
    ColumnVector in = columns.column(DataType.STRING, shifted);
    ColumnVector out = columns.result(DataType.STRING, shifted.size());
    RowSelection rows = new RowSelection().set(0, shifted.size(), RowSelection.ALL);
    LetterCase.upper(in, rows, out);
    for (int row = 0; row < shifted.size(); row++) {
      assertThat(out.getString(row)).isEqualTo(shifted.get(row).toUpperCase(Locale.ROOT));
    }
    LetterCase.lower(in, rows, out);
    for (int row = 0; row < shifted.size(); row++) {
      assertThat(out.getString(row)).isEqualTo(shifted.get(row).toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void initialCapitalsFollowSpacesOnly() {
    List<String> in = List.of("hello wORLD", "éclair ÉTÉ x-ray", " a\tb", "", "1st ǆ");
    ColumnVector out = columns.result(DataType.STRING, in.size());
    LetterCase.initialCapitals(
        columns.column(DataType.STRING, in),
        new RowSelection().set(0, in.size(), RowSelection.ALL),
        out);
    assertThat(strings(out, in.size()))
        .containsExactly("Hello World", "Éclair Été X-ray", " A\tb", "", "1st ǅ");
  }

  @Test
  void trimTakesSpacesAlone() {
    check(
        DataType.STRING,
        (rows, out) -> Trimming.trim(text, true, true, rows, out),
        (t, row) -> t.replaceAll("^ +| +\\z", ""));
    check(
        DataType.STRING,
        (rows, out) -> Trimming.trim(text, true, false, rows, out),
        (t, row) -> t.replaceAll("^ +", ""));
    check(
        DataType.STRING,
        (rows, out) -> Trimming.trim(text, false, true, rows, out),
        (t, row) -> t.replaceAll(" +\\z", ""));
  }

  @Test
  void trimTakesTheCharactersOfASet() {
    ColumnVector set = columns.repeat(DataType.STRING, "aé😀 ", ROWS);
    check(
        DataType.STRING,
        (rows, out) -> Trimming.trim(text, set, true, true, rows, out),
        (t, row) -> t.replaceAll("^[aé😀 ]+|[aé😀 ]+\\z", ""));
  }

  @Test
  void concatJoinsAndSkipsNullsWithASeparator() {
    List<String> others = RandomTexts.list(random, ROWS);
    for (int row = 0; row < ROWS; row += 3) {
      others.set(row, null);
    }
    ColumnVector other = columns.column(DataType.STRING, others);
    check(
        DataType.STRING,
        (rows, out) -> Concatenation.concat(new ColumnVector[] {text, text, text}, rows, out),
        (t, row) -> t + t + t);
    check(
        DataType.STRING,
        (rows, out) ->
            Concatenation.withSeparator(text, new ColumnVector[] {other, text, other}, rows, out),
        (t, row) ->
            others.get(row) == null ? t : String.join(t, others.get(row), t, others.get(row)));
  }

  @Test
  void substringsAreSparks() {
    List<Integer> positions = integers(-12, 12);
    List<Integer> lengths = integers(-2, 12);
    positions.set(0, Integer.MIN_VALUE);
    positions.set(1, Integer.MAX_VALUE);
    lengths.set(2, Integer.MAX_VALUE);
    lengths.set(3, Integer.MIN_VALUE);
    ColumnVector position = columns.column(DataType.INT, positions);
    ColumnVector length = columns.column(DataType.INT, lengths);
    check(
        DataType.STRING,
        (rows, out) -> Substring.characters(text, position, length, rows, out),
        (t, row) -> substring(t, positions.get(row), (long) lengths.get(row)));
    check(
        DataType.STRING,
        (rows, out) -> Substring.characters(text, position, null, rows, out),
        (t, row) -> substring(t, positions.get(row), Long.MAX_VALUE / 2));
    ColumnVector binary =
        columns.column(
            DataType.BINARY, texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList());
    columns.check(
        DataType.STRING,
        ROWS,
        random,
        (rows, out) -> Substring.bytes(binary, position, length, rows, out),
        row -> {
          String latin =
              new String(
                  texts.get(row).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
          String part = substring(latin, positions.get(row), (long) lengths.get(row));
          return new String(part.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        });
  }

  private static String substring(String text, int position, long length) {
    int[] points = text.codePoints().toArray();
    long start = position > 0 ? position - 1L : position < 0 ? points.length + (long) position : 0;
    long from = Math.clamp(start, 0, points.length);
    long to = Math.clamp(start + length, from, points.length);
    return new String(points, (int) from, (int) (to - from));
  }

  @Test
  void searchesFindWhatTheJdkFinds() {
    List<String> parts = new ArrayList<>();
    for (String t : texts) {
      int cut =
          t.isEmpty()
              ? 0
              : t.offsetByCodePoints(0, random.nextInt(t.codePointCount(0, t.length())));
      parts.add(
          switch (random.nextInt(4)) {
            case 0 -> t.substring(0, cut);
            case 1 -> t.substring(cut);
            case 2 -> RandomTexts.text(random);
            default -> "b";
          });
    }
    ColumnVector part = columns.column(DataType.STRING, parts);
    check(
        DataType.BOOLEAN,
        (rows, out) -> TextSearch.startsWith(text, part, rows, out),
        (t, row) -> t.startsWith(parts.get(row)));
    check(
        DataType.BOOLEAN,
        (rows, out) -> TextSearch.endsWith(text, part, rows, out),
        (t, row) -> t.endsWith(parts.get(row)));
    check(
        DataType.BOOLEAN,
        (rows, out) -> TextSearch.contains(text, part, rows, out),
        (t, row) -> t.contains(parts.get(row)));
    check(
        DataType.INT,
        (rows, out) -> TextSearch.locate(text, part, null, rows, out),
        (t, row) -> locate(t, parts.get(row), 1));
    List<Integer> starts = integers(-1, 6);
    ColumnVector start = columns.column(DataType.INT, starts);
    check(
        DataType.INT,
        (rows, out) -> TextSearch.locate(text, part, start, rows, out),
        (t, row) -> locate(t, parts.get(row), starts.get(row)));
  }

  private static int locate(String text, String part, int start) {
    if (start < 1) {
      return 0;
    } else if (part.isEmpty()) {
      return 1;
    }
    int count = text.codePointCount(0, text.length());
    int from = start > count ? text.length() : text.offsetByCodePoints(0, start - 1);
    int at = text.indexOf(part, from);
    return at < 0 ? 0 : text.codePointCount(0, at) + 1;
  }

  @Test
  void rewritingIsTheJdks() {
    ColumnVector ab = columns.repeat(DataType.STRING, "ab", ROWS);
    ColumnVector longer = columns.repeat(DataType.STRING, "<日本>", ROWS);
    ColumnVector empty = columns.repeat(DataType.STRING, "", ROWS);
    check(
        DataType.STRING,
        (rows, out) -> Rewriting.replace(text, ab, longer, rows, out),
        (t, row) -> t.replace("ab", "<日本>"));
    check(
        DataType.STRING,
        (rows, out) -> Rewriting.replace(text, empty, longer, rows, out),
        (t, row) -> t);
    check(
        DataType.STRING,
        (rows, out) -> Rewriting.reverse(text, rows, out),
        (t, row) -> new StringBuilder(t).reverse().toString());
    List<Integer> counts = integers(-2, 5);
    ColumnVector count = columns.column(DataType.INT, counts);
    check(
        DataType.STRING,
        (rows, out) -> Rewriting.repeat(text, count, rows, out),
        (t, row) -> t.repeat(Math.max(0, counts.get(row))));
  }

  @Test
  void paddingFillsOrCuts() {
    List<Integer> lengths = integers(-1, 30);
    ColumnVector length = columns.column(DataType.INT, lengths);
    for (String fill : List.of("x", "é1", "")) {
      ColumnVector fills = columns.repeat(DataType.STRING, fill, ROWS);
      check(
          DataType.STRING,
          (rows, out) -> Rewriting.pad(text, length, fills, true, rows, out),
          (t, row) -> pad(t, lengths.get(row), fill, true));
      check(
          DataType.STRING,
          (rows, out) -> Rewriting.pad(text, length, fills, false, rows, out),
          (t, row) -> pad(t, lengths.get(row), fill, false));
    }
  }

  private static String pad(String text, int length, String fill, boolean left) {
    int missing = length - text.codePointCount(0, text.length());
    if (missing <= 0 || fill.isEmpty()) {
      return substring(text, 1, Math.max(0, length));
    }
    String filling = substring(fill.repeat(missing), 1, missing);
    return left ? filling + text : text + filling;
  }

  @Test
  void malformedTextNeverLeadsOutside() {
    ColumnVector in = columns.result(DataType.BINARY, 64);
    ColumnVector number = columns.repeat(DataType.INT, 3, 64);
    for (int round = 0; round < 200; round++) {
      for (int row = 0; row < 64; row++) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        Cell.put(in, row, bytes);
      }
      ColumnVector out = columns.result(DataType.STRING, 64);
      RowSelection rows = new RowSelection().set(0, 64, RowSelection.ALL);
      Rewriting.reverse(in, rows, out);
      for (int row = 0; row < 64; row++) {
        assertThat(out.length(row)).isEqualTo(in.length(row));
      }
      Substring.characters(in, number, number, rows, out);
      Rewriting.pad(in, number, in, true, rows, out);
      LetterCase.upper(in, rows, out);
      Trimming.trim(in, in, true, true, rows, out);
      TextLength.firstCodePoint(in, rows, columns.result(DataType.INT, 64));
      for (int row = 0; row < 64; row++) {
        assertThat(Memory.getInt(out.offsets() + 4L * row)).isNotNegative();
      }
    }
  }

  private List<Integer> integers(int min, int max) {
    List<Integer> numbers = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      numbers.add(random.nextInt(min, max + 1));
    }
    return numbers;
  }

  private static List<String> strings(ColumnVector column, int rows) {
    List<String> strings = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      strings.add(column.getString(row));
    }
    return strings;
  }
}
