package io.millrace.vector.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.vector.KernelColumns;
import io.millrace.vector.column.Cell;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.RowSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LikePatternTest {
  private final KernelColumns columns = new KernelColumns();

  @AfterEach
  void close() {
    columns.close();
  }

  @Test
  void randomPatternsMatchLikeANaiveMatcher() {
    Random random = new Random(11);
    String[] pieces = {"a", "b", "%", "%", "_", "é", "日", "😀", "ab", "aab"};
    for (int round = 0; round < 2000; round++) {
      StringBuilder pattern = new StringBuilder();
      for (int i = random.nextInt(7); i > 0; i--) {
        pattern.append(pieces[random.nextInt(pieces.length)]);
      }
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        StringBuilder text = new StringBuilder();
        for (int j = random.nextInt(8); j > 0; j--) {
          text.append(pieces[random.nextInt(pieces.length)]);
        }
        texts.add(text.toString());
      }
      assertMatches(pattern.toString(), texts);
    }
  }

  private void assertMatches(String pattern, List<String> texts) {
    try (KernelColumns own = new KernelColumns();
        LikePattern like = LikePattern.compile(pattern, '\\', own.allocator())) {
      ColumnVector text = own.column(DataType.STRING, texts);
      ColumnVector out = own.result(DataType.BOOLEAN, texts.size());
      like.match(text, new RowSelection().set(0, texts.size(), RowSelection.ALL), out);
      int[] points = pattern.codePoints().toArray();
      for (int row = 0; row < texts.size(); row++) {
        assertThat(Cell.get(out, row))
            .as("'%s' LIKE '%s'", texts.get(row), pattern)
            .isEqualTo(naive(texts.get(row).codePoints().toArray(), 0, points, 0));
      }
    }
  }

  private static boolean naive(int[] text, int at, int[] pattern, int token) {
    if (token == pattern.length) {
      return at == text.length;
    } else if (pattern[token] == '%') {
      return naive(text, at, pattern, token + 1)
          || at < text.length && naive(text, at + 1, pattern, token);
    }
    return at < text.length
        && (pattern[token] == '_' || pattern[token] == text[at])
        && naive(text, at + 1, pattern, token + 1);
  }

  @Test
  void shapesMatchWithMasksAndInsideWords() {
    Random random = new Random(5);
    List<String> texts = RandomTexts.list(random, 200);
    ColumnVector text = columns.column(DataType.STRING, texts);
    for (String pattern :
        List.of("ab%", "%ab", "%ab%", "a%b", "ab", "%", "", "%a_%", "abcdefgh%")) {
      int[] points = pattern.codePoints().toArray();
      try (LikePattern like = LikePattern.compile(pattern, '\\', columns.allocator())) {
        columns.check(
            DataType.BOOLEAN,
            texts.size(),
            random,
            (rows, out) -> like.match(text, rows, out),
            row -> naive(texts.get(row).codePoints().toArray(), 0, points, 0));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "100%, '100\\%', true",
    "100x, '100\\%', false",
    "a_b, 'a\\_b', true",
    "axb, 'a\\_b', false",
    "'a\\b', 'a\\\\b', true",
    "'C:\\dir', '%\\\\%', true",
  })
  void escapedWildcardsAreOrdinary(String text, String pattern, boolean expected) {
    assertThat(like(text, pattern, '\\')).isEqualTo(expected);
  }

  @Test
  void anotherEscapeCharacterMakesTheBackslashOrdinary() {
    assertThat(like("a%", "a!%", '!')).isTrue();
    assertThat(like("ab", "a!%", '!')).isFalse();
    assertThat(like("a\\", "a\\", '!')).isTrue();
  }

  private boolean like(String text, String pattern, char escape) {
    try (LikePattern like = LikePattern.compile(pattern, escape, columns.allocator())) {
      ColumnVector out = columns.result(DataType.BOOLEAN, 1);
      like.match(
          columns.column(DataType.STRING, List.of(text)),
          new RowSelection().set(0, 1, RowSelection.ALL),
          out);
      return (Boolean) Cell.get(out, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\", "a\\b", "\\x%"})
  void escapeBeforeAnOrdinaryCharacterIsRefused(String pattern) {
    assertThatThrownBy(() -> LikePattern.compile(pattern, '\\', columns.allocator()))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("LIKE pattern '" + pattern + "'")
        .hasMessageContaining("must stand before %, _ or itself");
  }

  @Test
  void manyWildcardsStayQuick() {
    assertThat(like("a".repeat(20_000), "%a%a%a%a%a%a%a%a%b", '\\')).isFalse();
  }
}
