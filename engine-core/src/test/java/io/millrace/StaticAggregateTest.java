package io.millrace;

import static io.millrace.Functions.col;
import static io.millrace.Functions.expr;
import static io.millrace.Functions.stddev;
import static io.millrace.Functions.variance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Aggregates over rows that are there; closing the session proves that no memory stays behind. */
class StaticAggregateTest {
  private final Session session = Session.builder().config("millrace.parallelism", 1).create();

  @AfterEach
  void close() {
    session.close();
  }

  private DataFrame values(Object... values) {
    List<Row> rows = new ArrayList<>();
    for (Object value : values) {
      rows.add(Row.of("g", value));
    }
    return session.createDataFrame(rows, Schema.parse("g STRING, x DOUBLE"));
  }

  private static DataFrame spread(DataFrame frame) {
    return frame
        .groupBy("g")
        .agg(variance("x"), stddev(col("x")), expr("var_pop(x)"), expr("stddev_pop(x)"));
  }

  @Test
  void varianceSkipsNullsAndDividesByTheSampleOrByAll() {
    assertThat(spread(values(2.0, null, 4.0, 4.0, 6.0)).collect())
        .containsExactly(Row.of("g", 8.0 / 3, Math.sqrt(8.0 / 3), 2.0, Math.sqrt(2.0)));
  }

  @Test
  void oneValueHasNoSampleVariance() {
    assertThat(spread(values(5.0)).collect()).containsExactly(Row.of("g", null, null, 0.0, 0.0));
    assertThat(spread(values((Object) null)).collect())
        .containsExactly(Row.of("g", null, null, null, null));
  }

  @Test
  void nanMakesVarianceNan() {
    assertThat(spread(values(1.0, Double.NaN)).collect())
        .containsExactly(Row.of("g", Double.NaN, Double.NaN, Double.NaN, Double.NaN));
  }

  @Test
  void valuesLargeBesideTheirSpreadLoseNothing() {
    Random random = new Random(7);
    Object[] small = random.doubles(1_000).boxed().toArray();
    Object[] large = new Object[small.length];
    for (int i = 0; i < small.length; i++) {
      large[i] = (Double) small[i] + 1e9;
    }
    double expected = values(small).agg(variance("x")).collect().getFirst().getDouble(0);

    assertThat(values(large).agg(variance("x")).collect().getFirst().getDouble(0))
        .isCloseTo(expected, Offset.offset(1e-7));
    assertThat(expected).isCloseTo(1.0 / 12, Offset.offset(0.01));
  }

  @Test
  void distinctValuesCountOnce() {
    assertThat(values(1.0, 3.0, 3.0, 3.0).agg(expr("var_pop(DISTINCT x)")).collect())
        .containsExactly(Row.of(1.0));
  }

  @Test
  void anExpressionThatFailsToCompileLeavesNothingBehind() {
    DataFrame frame = values(1.0);
    String wrong = "regexp_extract(upper(g), concat('(', ''), 1)";

    assertThatThrownBy(() -> frame.select(expr("upper(g)"), expr("x + 1"), expr(wrong)).collect())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("Unclosed group");
    assertThatThrownBy(
            () ->
                frame
                    .groupBy(expr("upper(g)"))
                    .agg(expr("max(lower(g))"), expr("max(" + wrong + ")"))
                    .collect())
        .hasMessageContaining("Unclosed group");
    assertThatThrownBy(() -> frame.orderBy(expr("upper(g)"), expr(wrong)).collect())
        .hasMessageContaining("Unclosed group");
  }

  @Test
  void theTimeNeedsNoTable() {
    Row now = session.sql("SELECT current_timestamp(), now() AS n").collect().getFirst();

    assertThat(Duration.between(now.getTimestamp(0), Instant.now()).abs())
        .isLessThan(Duration.ofHours(1));
    assertThat(now.getTimestamp("n")).isEqualTo(now.getTimestamp(0));
  }

  @Test
  void typedGettersSayWhatTheyFound() {
    Row row = session.sql("SELECT 1 AS a, CAST(NULL AS INT) AS b").collect().getFirst();

    assertThat(row.getLong("a")).isEqualTo(1);
    assertThat(row.getString("b")).isNull();
    assertThatThrownBy(() -> row.getString("a"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("column a holds a value of class Integer, not String: 1");
    assertThatThrownBy(() -> row.getInt("b")).hasMessageContaining("column b is null");
    assertThatThrownBy(() -> row.getInt("c"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("no column c");
  }

  @Test
  void theWatermarksDelayMayBeADuration() {
    DataFrame frame = values(1.0).withColumn("ts", Functions.currentTimestamp());

    assertThat(frame.withWatermark("ts", Duration.ofMillis(1_500)).plan())
        .isEqualTo(frame.withWatermark("ts", "1500 milliseconds").plan());
    assertThat(Functions.window(col("ts"), Duration.ofMinutes(1)).toString())
        .contains("60 seconds");
  }
}
