package io.millrace.connectors.blackhole;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.RowBatch;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkProvider;
import io.millrace.spi.SourceProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class BlackholeSinkTest {
  @Test
  void everyConnectorIsFoundByItsFormat() {
    assertThat(ServiceLoader.load(SinkProvider.class))
        .extracting(SinkProvider::format)
        .contains("blackhole", "noop", "console");
    assertThat(ServiceLoader.load(SourceProvider.class))
        .extracting(SourceProvider::format)
        .contains("rate", "rate-micro-batch");
  }

  @Test
  void rowsAreNotLookedAt() {
    try (Sink sink = new BlackholeSinkProvider().open(null)) {
      assertThat(sink.begin(0, 0)).isTrue();
      sink.write(new RowBatch());
      assertThat(sink.commit(0)).isEmpty();
      assertThat(sink.delivery()).isEqualTo(Sink.Delivery.AT_LEAST_ONCE);
      assertThat(sink.description()).isEqualTo("blackhole");
    }
  }
}
