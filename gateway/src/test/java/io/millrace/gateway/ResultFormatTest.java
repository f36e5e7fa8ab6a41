package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultFormatTest {
  private static final Schema SCHEMA =
      Schema.parse(
          "s STRING, i INT, d DOUBLE, n DECIMAL(10,2), t TIMESTAMP, y DATE, b BINARY, f BOOLEAN");
  private static final List<Row> ROWS =
      List.of(
          Row.of(
              "a,\"b\"\n",
              1,
              1.5,
              new BigDecimal("1E+3"),
              Instant.parse("2025-10-10T12:01:00Z"),
              LocalDate.parse("2025-10-10"),
              "x".getBytes(StandardCharsets.UTF_8),
              true),
          Row.of(null, null, Double.NaN, null, null, null, null, null),
          Row.of("", null, null, null, null, null, null, null));

  @Test
  void csvQuotesWhatNeedsItAndTellsNullFromEmpty() {
    assertThat(ResultFormat.CSV.text(SCHEMA, ROWS))
        .isEqualTo(
            """
            s,i,d,n,t,y,b,f
            "a,""b""
            ",1,1.5,1000,2025-10-10T12:01:00Z,2025-10-10,eA==,true
            ,,NaN,,,,,
            "",,,,,,,
            """);
  }

  @Test
  void jsonIsOneObjectALineWithoutNulls() {
    assertThat(ResultFormat.JSON.text(SCHEMA, ROWS))
        .isEqualTo(
            """
            {"s":"a,\\"b\\"\\n","i":1,"d":1.5,"n":1000,"t":"2025-10-10T12:01:00Z","y":"2025-10-10","b":"eA==","f":true}
            {"d":"NaN"}
            {"s":""}
            """);
  }

  @Test
  void aTableShowsWholeValues() {
    Schema schema = Schema.parse("name STRING");
    assertThat(
            ResultFormat.TABLE.text(
                schema, List.of(Row.of("a name of more than twenty characters"))))
        .contains("|a name of more than twenty characters|\n")
        .endsWith("+\n");
  }

  @Test
  void withoutRowsOnlyNamesStand() {
    assertThat(ResultFormat.CSV.text(SCHEMA, List.of())).isEqualTo("s,i,d,n,t,y,b,f\n");
    assertThat(ResultFormat.JSON.text(SCHEMA, List.of())).isEmpty();
  }
}
