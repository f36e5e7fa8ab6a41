package io.millrace.connectors.console;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.Session;
import io.millrace.types.AnalysisException;
import org.junit.jupiter.api.Test;

class UnknownOptionTest {
  @Test
  void optionsThatNobodyKnowsAreRefusedWithTheNearestName() {
    try (Session session = Session.open()) {
      assertThatThrownBy(() -> session.readStream().format("rate").option("rowPerSecond", 1).load())
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("unknown option rowPerSecond; did you mean rowsPerSecond");
      assertThatThrownBy(
              () ->
                  session
                      .readStream()
                      .format("rate")
                      .load()
                      .writeStream()
                      .format("console")
                      .option("truncat", 1)
                      .start())
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("unknown option truncat; did you mean truncate");
    }
  }

  @Test
  void staticRowsCanBeWrittenToSinksWithoutModes() {
    try (Session session = Session.open()) {
      session.sql("SELECT 1 AS a").write().format("noop").save();
    }
  }
}
