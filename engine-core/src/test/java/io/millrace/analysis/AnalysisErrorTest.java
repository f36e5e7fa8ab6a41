package io.millrace.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.analysis.optimizer.ConstantFolder;
import io.millrace.analysis.optimizer.Optimizer;
import io.millrace.plan.Expression;
import io.millrace.plan.LogicalPlan;
import io.millrace.types.AnalysisException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "-->",
      quoteCharacter = '¤',
      textBlock =
          """
          SELECT temprature FROM readings --> column temprature does not exist; did you mean temperature? the input has deviceId, timestamp, temperature
          SELECT x FROM readings          --> column x does not exist; the input has deviceId, timestamp, temperature
          SELECT q.deviceId FROM readings r --> column q.deviceId does not exist: there is no table, alias or column q; did you mean r? the input has
          SELECT q.* FROM readings r      --> q.*: there is no table or alias q
          SELECT * FROM readngs           --> table readngs does not exist; did you mean readings?; known are hot, readings, stream, t
          SELECT * FROM itself            --> view itself is defined by itself
          SELECT a FROM (SELECT id AS a, big AS a FROM t) --> column a is ambiguous: the input has 2 columns of that name; rename one before
          SELECT * FROM t WHERE price > 10 --> filter price > 10: column price is STRING, > needs a number; try CAST(price AS DOUBLE)
          SELECT * FROM t WHERE 10 < price --> filter 10 < price: column price is STRING, < needs a number; try CAST(price AS DOUBLE)
          SELECT * FROM t WHERE price = ts --> filter price = ts: column price is STRING, = needs TIMESTAMP; try CAST(price AS TIMESTAMP)
          SELECT * FROM t WHERE flag = 1  --> filter flag = 1: column flag is BOOLEAN and 1 is INT, = needs values of one type; try CAST(flag AS INT)
          SELECT * FROM t WHERE ts > 5    --> filter ts > 5: column ts is TIMESTAMP and 5 is INT, > needs values of one type
          SELECT * FROM t WHERE value     --> filter value: column value is DOUBLE, filter needs BOOLEAN; try CAST(value AS BOOLEAN)
          SELECT * FROM t WHERE id AND flag --> filter id AND flag: column id is INT, AND needs BOOLEAN; try CAST(id AS BOOLEAN)
          SELECT * FROM t WHERE id > 'abc' --> filter id > 'abc': 'abc' is no INT
          SELECT * FROM t WHERE ts > 'soon' --> filter ts > 'soon': 'soon' is no TIMESTAMP
          SELECT price + 1 FROM t         --> select price + 1: column price is STRING, + needs a number; try CAST(price AS INT)
          SELECT -name FROM t             --> select - name: column name is STRING, - needs a number; try CAST(name AS DOUBLE)
          SELECT sqrt(flag) FROM t        --> select sqrt(flag): column flag is BOOLEAN, sqrt needs DOUBLE; try CAST(flag AS DOUBLE)
          SELECT sum(price) FROM t        --> select sum(price): column price is STRING, sum needs a number; try CAST(price AS DOUBLE)
          SELECT uper(name) FROM t        --> select uper(name): function uper does not exist; did you mean upper
          SELECT substring(name) FROM t   --> select substring(name): 1 argument was given, substring needs substring(STRING, INT[, INT]) or substring(BINARY, INT[, INT])
          SELECT rlike(name, price) FROM t --> argument 2 must be a constant, not price
          SELECT round(value, id) FROM t  --> the number of digits must be a constant whole number, not id
          SELECT hour(flag) FROM t        --> column flag is BOOLEAN, hour needs TIMESTAMP
          SELECT CAST(flag AS DATE) FROM t --> select CAST(flag AS DATE): column flag is BOOLEAN, which does not convert to DATE
          SELECT CASE WHEN flag THEN 1 ELSE name END FROM t --> column name is STRING, CASE needs a number; try CAST(name AS DOUBLE)
          SELECT coalesce(id, ts) FROM t  --> column id is INT and column ts is TIMESTAMP, coalesce needs values of one type
          SELECT upper(DISTINCT name) FROM t --> upper is no aggregate; DISTINCT and FILTER belong to aggregates only
          SELECT * FROM t WHERE count(*) > 1 --> filter: count(1) is an aggregate and cannot stand here; use it in the select list or in HAVING
          SELECT sum(sum(id)) FROM t      --> sum(id) is an aggregate and cannot stand here
          SELECT id, count(*) FROM t      --> select id: column id is neither grouped nor aggregated; add it to GROUP BY or take first(id)
          SELECT big FROM t GROUP BY id   --> column big is neither grouped nor aggregated
          SELECT id FROM t GROUP BY id HAVING big > 1 --> having big > 1: column big is neither grouped nor aggregated
          SELECT id FROM t GROUP BY id ORDER BY big --> order by big: column big is neither grouped nor aggregated
          SELECT id FROM t GROUP BY 3     --> group by 3: the select list has 1 column
          SELECT id FROM t ORDER BY 2     --> order by 2: the select list has 1 column
          SELECT id FROM t UNION ALL SELECT id, big FROM t --> UNION: the first input has 1 columns (id), input 2 has 2 (id, big)
          SELECT id FROM t UNION ALL SELECT name FROM t --> UNION: column 1 (id) is INT, and STRING in input 2; CAST one of them
          SELECT ts - ts FROM t           --> is an INTERVAL, which is not supported yet as a value; use unix_timestamp(ts) - unix_timestamp(ts)
          SELECT day - day FROM t         --> use datediff(day, day)
          SELECT ts + 5 FROM t            --> to a TIMESTAMP or DATE only an interval can be added; write for example ts + INTERVAL 5 MINUTES
          SELECT INTERVAL 1 DAY FROM t    --> an interval can only be added to or subtracted from a TIMESTAMP or DATE
          SELECT id + INTERVAL 1 DAY FROM t --> column id is INT, an INTERVAL needs a TIMESTAMP or DATE
          SELECT upper(tags) FROM t       --> column tags is ARRAY<STRING>: nested values are not compared, grouped, sorted or converted; take single fields
          SELECT device.ix FROM t         --> device.ix: column device is STRUCT<id:INT>, which has no field ix; did you mean id?
          SELECT tags.* FROM t            --> tags.*: column tags is ARRAY<STRING> and has no fields
          SELECT name.x FROM t            --> name.x: column name is STRING and has no fields
          SELECT from_json(name, 'a INT') FROM t --> from_json is not supported yet: it needs ARRAY, MAP or STRUCT
          SELECT tags[0] FROM t           --> getItem of ARRAY<STRING> is not supported yet
          SELECT split(name, ',') FROM t  --> split is not supported yet
          SELECT id & 1 FROM t            --> & is not supported yet
          SELECT * FROM t JOIN readings r ON t.id = r.deviceId --> JOIN (inner) is not supported yet
          SELECT DISTINCT deviceId FROM stream --> DISTINCT on a streaming input (stream) is not supported yet
          SELECT deviceId FROM stream UNION ALL SELECT deviceId FROM readings --> UNION of a streaming and a static input is not supported yet
          SELECT * FROM readings AS r(a, b) --> 2 column names (a, b) were given to an input of 3 columns
          """)
  void errorsSpeakInTheUsersWords(String sql, String message) {
    assertThatThrownBy(() -> Plans.sql(sql))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(message);
  }

  @Test
  void watermarksNeedATimestamp() {
    LogicalPlan table = new LogicalPlan.Table("stream");
    assertThatThrownBy(() -> Plans.analyze(new LogicalPlan.Watermark(table, "deviceId", 1), true))
        .hasMessage(
            "withWatermark: column deviceId is STRING, event time must be TIMESTAMP; try"
                + " CAST(deviceId AS TIMESTAMP)");
  }

  @Test
  void expressionsBuiltTooDeepAreRefusedBeforeTheStackEnds() {
    Expression deep = Expression.Name.of("id");
    for (int i = 0; i < 100_000; i++) {
      deep = Expression.Call.of("negate", deep);
    }
    LogicalPlan plan = new LogicalPlan.Project(new LogicalPlan.Table("t"), List.of(deep));
    assertThatThrownBy(() -> Plans.analyze(plan, true))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("nested more than 200 levels deep");
  }

  @Test
  void nestingWithinTheLimitsNeedsNoDeepStack() throws InterruptedException {
    List<String> deep =
        List.of(
            "SELECT " + "id + (".repeat(95) + "1" + ")".repeat(95) + " FROM t",
            "SELECT " + "(".repeat(190) + "1" + ")".repeat(190) + " FROM t",
            "SELECT " + "abs(".repeat(95) + "id" + ")".repeat(95) + " FROM t",
            "SELECT id" + " + 1".repeat(190) + " FROM t",
            "SELECT "
                + "CASE WHEN flag THEN 1 ELSE ".repeat(95)
                + "1"
                + " END".repeat(95)
                + " FROM t");
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Runnable queries =
        () ->
            deep.forEach(
                sql ->
                    OperatorList.tree(new Optimizer(ConstantFolder.NONE).optimize(Plans.sql(sql))));
    Thread thread = new Thread(null, queries, "small-stack", 512 * 1024);
    thread.setUncaughtExceptionHandler((t, error) -> failure.set(error));
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
  }
}
