package io.millrace.connectors.blackhole;

import io.millrace.spi.Sink;
import io.millrace.spi.SinkContext;
import io.millrace.spi.SinkProvider;
import java.util.Set;

/** Takes rows and throws them away. */
public final class BlackholeSinkProvider implements SinkProvider {
  @Override
  public String format() {
    return "blackhole";
  }

  @Override
  public Set<String> options() {
    return Set.of();
  }

  @Override
  public Sink open(SinkContext context) {
    return new BlackholeSink(format());
  }
}
