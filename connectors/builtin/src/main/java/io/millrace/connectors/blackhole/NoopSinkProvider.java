package io.millrace.connectors.blackhole;

import io.millrace.spi.Sink;
import io.millrace.spi.SinkContext;
import io.millrace.spi.SinkProvider;
import java.util.Set;

/** The blackhole under the name that Spark has for it. */
public final class NoopSinkProvider implements SinkProvider {
  @Override
  public String format() {
    return "noop";
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
