package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.json a.json",
        "*.json .json",
        "x-?.json x-1.json",
        "x-?.json x-ü.json",
        "[a-c]*.json b1.json",
        "[!a-c]*.json d1.json",
        "[^a-c]*.json d1.json",
        "[]x] ]",
        "[a-] -",
        "*.{json,jsonl} a.jsonl",
        "{a,b{1,2}}.x b2.x",
        "\\*.json *.json",
        "a+(b)$^.json a+(b)$^.json",
        "a&&b a&&b",
      })
  void matches(String pattern, String name) {
    assertThat(Glob.parse("test", pattern).matches(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.json a.jsonl",
        "x-?.json x-12.json",
        "[a-c]*.json d1.json",
        "[!a-c]*.json a1.json",
        "a.json axjson",
        "*.{json,jsonl} a.js",
        "\\*.json a.json",
        "[a&&b] x",
      })
  void doesNotMatch(String pattern, String name) {
    assertThat(Glob.parse("test", pattern).matches(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a", "{a,b", "a\\"})
  void refusesWhatIsNotClosed(String pattern) {
    assertThatThrownBy(() -> Glob.parse("source readings (json)", pattern))
        .isInstanceOf(AnalysisException.class)
        .hasMessageStartingWith("source readings (json): pattern " + pattern);
  }

  @Test
  void plainNamesAreNoPatterns() {
    assertThat(Glob.isPattern("a b%#ü=.json")).isFalse();
    assertThat(Glob.isPattern("a*.json")).isTrue();
  }
}
