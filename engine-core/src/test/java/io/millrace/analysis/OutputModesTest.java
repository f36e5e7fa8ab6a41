package io.millrace.analysis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputModesTest {
  private static ThrowingCallable check(String mode, String sql) {
    ResolvedPlan plan = Plans.sql(sql);
    return switch (mode) {
      case "append" -> () -> OutputModes.append(plan);
      case "update" -> () -> OutputModes.update(plan);
      default -> () -> OutputModes.complete(plan);
    };
  }

  /** Per query: append, update, complete; {@code +} runs and {@code -} is refused. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      textBlock =
          """
          SELECT * FROM stream                                                    --> ++-
          SELECT * FROM events                                                    --> ++-
          SELECT *, window(timestamp, '1 minute') FROM events                     --> ++-
          SELECT deviceId FROM stream UNION ALL SELECT deviceId FROM events       --> ++-
          SELECT count(*) FROM stream                                             --> -++
          SELECT count(*) FROM events                                             --> -++
          SELECT count(*) FROM stream GROUP BY deviceId                           --> -++
          SELECT count(*) FROM events GROUP BY deviceId                           --> -++
          SELECT count(*) FROM stream GROUP BY window(timestamp, '1 minute')      --> -++
          SELECT count(*) FROM events GROUP BY window(timestamp, '1 minute')      --> +++
          SELECT count(*) FROM events GROUP BY deviceId, window(timestamp, '1 hour', '1 minute') --> +++
          SELECT count(*) FROM events GROUP BY timestamp, deviceId                --> +++
          SELECT count(*) FROM events GROUP BY session_window(timestamp, '1 minute'), deviceId --> +-+
          SELECT count(*) FROM stream GROUP BY session_window(timestamp, '1 minute'), deviceId --> --+
          SELECT count(*) FROM events GROUP BY window(timestamp, '1 minute') HAVING count(*) > 1 --> +++
          SELECT * FROM stream ORDER BY deviceId                                  --> ---
          SELECT * FROM stream LIMIT 5                                            --> ---
          SELECT count(*) AS n FROM stream GROUP BY deviceId ORDER BY n           --> --+
          SELECT count(*) AS n FROM stream GROUP BY deviceId ORDER BY n LIMIT 3   --> --+
          SELECT count(*) FROM (SELECT * FROM stream LIMIT 3)                     --> ---
          SELECT count(*) FROM (SELECT * FROM events ORDER BY deviceId) GROUP BY window(timestamp, '1 s') --> ---
          SELECT max(n) FROM (SELECT window, deviceId, count(*) AS n FROM events GROUP BY window(timestamp, '1 s'), deviceId) GROUP BY window(window, '1 minute') --> +--
          SELECT max(n) FROM (SELECT deviceId, count(*) AS n FROM events GROUP BY window(timestamp, '1 s'), deviceId) GROUP BY deviceId --> ---
          SELECT deviceId, count(*) FROM readings GROUP BY deviceId ORDER BY 1    --> ++-
          """,
      quoteCharacter = '¤')
  void whatRunsInWhichMode(String sql, String expected) {
    String[] modes = {"append", "update", "complete"};
    for (int i = 0; i < modes.length; i++) {
      if (expected.charAt(i) == '+') {
        assertThatCode(check(modes[i], sql)).as(modes[i]).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(check(modes[i], sql))
            .as(modes[i])
            .isInstanceOf(AnalysisException.class)
            .hasMessageStartingWith("outputMode " + modes[i]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      textBlock =
          """
          append   --> SELECT count(*) FROM stream GROUP BY deviceId, temperature --> outputMode append: GROUP BY deviceId, temperature has no watermark below it, so its groups would never end; put withWatermark(column, delay) before it, or use outputMode update or complete
          append   --> SELECT count(*) FROM events --> outputMode append: the aggregate over all rows has no key that is event time, so its groups would never end; group by window(...) over the column of withWatermark or by that column, or use outputMode update or complete
          update   --> SELECT count(*) FROM events GROUP BY session_window(timestamp, '1 s'), deviceId --> outputMode update: GROUP BY deviceId, session_window has rows that go when sessions grow together, which update cannot say; use outputMode append or complete
          update   --> SELECT * FROM stream LIMIT 5 --> outputMode update: LIMIT 5 needs all rows, and a stream has no last one; use it behind an aggregation with outputMode complete, or in foreachBatch
          complete --> SELECT * FROM stream --> outputMode complete needs an aggregation, the query has none; use append
          complete --> SELECT count(*) FROM (SELECT * FROM stream LIMIT 3) --> outputMode complete: LIMIT 3 stands before the aggregation, where the input never ends; move it behind
          complete --> SELECT max(n) FROM (SELECT count(*) AS n FROM stream GROUP BY deviceId) --> outputMode complete: GROUP BY deviceId and the aggregate over all rows stand one after the other, which runs in outputMode append only
          """,
      quoteCharacter = '¤')
  void refusalsNameTheOperatorAndTheWayOut(String mode, String sql, String message) {
    assertThatThrownBy(check(mode, sql)).hasMessage(message);
  }

  @Test
  void distinctOnAStreamStaysRefused() {
    assertThatThrownBy(() -> Plans.sql("SELECT DISTINCT deviceId FROM stream"))
        .hasMessageContaining("DISTINCT on a streaming input (stream) is not supported yet");
  }
}
