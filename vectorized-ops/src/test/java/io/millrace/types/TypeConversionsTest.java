package io.millrace.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeConversionsTest {
  @ParameterizedTest
  @CsvSource({
    "INT, BOOLEAN, true",
    "BOOLEAN, TIMESTAMP, false",
    "BOOLEAN, DATE, false",
    "INT, DATE, false",
    "DATE, INT, false",
    "DATE, TIMESTAMP, true",
    "TIMESTAMP, DATE, true",
    "TIMESTAMP, BOOLEAN, false",
    "INT, BINARY, false",
    "BINARY, INT, false",
    "BINARY, STRING, true",
    "STRING, BINARY, true",
    "STRING, DATE, true",
    "DOUBLE, TIMESTAMP, true",
    "ARRAY<INT>, STRING, false",
    "ARRAY<INT>, ARRAY<INT>, true",
    "INT, ARRAY<INT>, false",
  })
  void castFollowsSparksAnsiRules(String from, String to, boolean legal) {
    assertThat(TypeConversions.isLegal(type(from), type(to))).isEqualTo(legal);
  }

  @Test
  void nullWithoutTypeConvertsToEverythingAndNothingToIt() {
    assertThat(TypeConversions.isLegal(DataType.VOID, type("DATE"))).isTrue();
    assertThat(TypeConversions.isLegal(DataType.VOID, type("ARRAY<INT>"))).isTrue();
    assertThat(TypeConversions.isLegal(DataType.INT, DataType.VOID)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "INT, BIGINT, false",
    "BIGINT, INT, true",
    "INT, DOUBLE, false",
    "DOUBLE, INT, true",
    "STRING, INT, true",
    "INT, STRING, false",
    "STRING, BINARY, false",
    "STRING, BOOLEAN, true",
    "TIMESTAMP, DATE, false",
  })
  void someConversionsCannotFail(String from, String to, boolean mayFail) {
    assertThat(TypeConversions.mayFail(type(from), type(to))).isEqualTo(mayFail);
  }

  private static DataType type(String sql) {
    return Schema.parse("x " + sql).field(0).type();
  }
}
