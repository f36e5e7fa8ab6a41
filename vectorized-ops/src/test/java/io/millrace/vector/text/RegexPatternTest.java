package io.millrace.vector.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.MillraceException;
import io.millrace.vector.KernelColumns;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexPatternTest {
  private static final int ROWS = 200;

  private final Random random = new Random(3);
  private final KernelColumns columns = new KernelColumns();
  private final List<String> texts = RandomTexts.list(random, ROWS);
  private final ColumnVector text = columns.column(DataType.STRING, texts);

  @AfterEach
  void close() {
    columns.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a(b)?", "^(.)", "(\\w+) (\\w+)", "(é|日)", "(x*)$", "()", "(?i)QUICK|(z)"})
  void findsExtractsAndReplacesAsTheJdk(String regex) {
    RegexPattern pattern = new RegexPattern(regex);
    Pattern jdk = Pattern.compile(regex);
    columns.check(
        DataType.BOOLEAN,
        ROWS,
        random,
        (rows, out) -> pattern.find(text, rows, out),
        row -> jdk.matcher(texts.get(row)).find());
    for (int group = 0; group <= pattern.groupCount(); group++) {
      int chosen = group;
      columns.check(
          DataType.STRING,
          ROWS,
          random,
          (rows, out) -> pattern.extract(text, chosen, rows, out),
          row -> extract(jdk.matcher(texts.get(row)), chosen));
    }
    ColumnVector replacement = columns.repeat(DataType.STRING, "<$1>", ROWS);
    if (pattern.groupCount() > 0) {
      columns.check(
          DataType.STRING,
          ROWS,
          random,
          (rows, out) -> pattern.replace(text, replacement, rows, out),
          row -> encodable(jdk.matcher(texts.get(row)).replaceAll("<$1>")));
    }
  }

  /** An empty match may part the halves of a character, which UTF-8 cannot say. */
  private static String encodable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static String extract(Matcher matcher, int group) {
    return matcher.find() && matcher.group(group) != null ? matcher.group(group) : "";
  }

  @Test
  void brokenExpressionsAreRefusedWithThePosition() {
    assertThatThrownBy(() -> new RegexPattern("a(b"))
        .isInstanceOf(AnalysisException.class)
        .hasMessage("regular expression 'a(b': Unclosed group at position 3");
  }

  @Test
  void replacementNamingAMissingGroupIsRefused() {
    ColumnVector one = columns.column(DataType.STRING, List.of("abc"));
    ColumnVector replacement = columns.column(DataType.STRING, List.of("$3"));
    assertThatThrownBy(
            () ->
                new RegexPattern("b")
                    .replace(
                        one,
                        replacement,
                        new RowSelection().set(0, 1, RowSelection.ALL),
                        columns.result(DataType.STRING, 1)))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("No group 3");
  }

  @Test
  void endlessBacktrackingIsAnErrorOfTheData() {
    ColumnVector one = columns.column(DataType.STRING, List.of("ab".repeat(200_000)));
    assertThatThrownBy(
            () ->
                new RegexPattern("^(a|b)*$")
                    .find(
                        one,
                        new RowSelection().set(0, 1, RowSelection.ALL),
                        columns.result(DataType.BOOLEAN, 1)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("needs more stack");
  }
}
