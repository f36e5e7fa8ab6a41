package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TriggerTest {
  @Test
  void intervalsAreTextOrDurations() {
    assertThat(Trigger.processingTime("1 second"))
        .isEqualTo(Trigger.processingTime(Duration.ofSeconds(1)));
    assertThat(Trigger.processingTime("0 seconds")).isEqualTo(Trigger.DEFAULT);
    assertThat(Trigger.continuous("500 milliseconds"))
        .isEqualTo(Trigger.continuous(Duration.ofMillis(500)));
  }

  @Test
  void impossibleTriggersAreRefused() {
    assertThatThrownBy(() -> Trigger.processingTime("-1 second"))
        .isInstanceOf(AnalysisException.class);
    assertThatThrownBy(() -> Trigger.continuous("0 seconds")).isInstanceOf(AnalysisException.class);
    assertThatThrownBy(() -> Trigger.eventCount(0)).isInstanceOf(AnalysisException.class);
    assertThatThrownBy(() -> Trigger.processingTime("often")).isInstanceOf(AnalysisException.class);
  }

  @Test
  void onlyOnceAndAvailableNowEndByThemselves() {
    assertThat(Trigger.once().bounded()).isTrue();
    assertThat(Trigger.availableNow().bounded()).isTrue();
    assertThat(Trigger.DEFAULT.bounded()).isFalse();
    assertThat(Trigger.continuous("1 second").bounded()).isFalse();
    assertThat(Trigger.eventCount(1).bounded()).isFalse();
  }

  @Test
  void outputModesAreReadInAnyCase() {
    assertThat(OutputMode.parse("Append")).isEqualTo(OutputMode.APPEND);
    assertThat(OutputMode.parse("complete")).hasToString("complete");
    assertThatThrownBy(() -> OutputMode.parse("upsert"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("append, update or complete");
  }
}
