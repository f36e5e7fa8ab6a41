package io.millrace.connectors.socket;

import io.millrace.spi.Clock;
import io.millrace.spi.LiveBuffer;
import io.millrace.spi.LiveWriter;
import io.millrace.spi.Options;
import io.millrace.types.Schema;
import java.util.Map;

/** Takes what an input says of itself; nobody writes rows. */
final class InputFixture implements LiveBuffer {
  volatile RuntimeException failure;

  static SocketInput input(int port) {
    return input("localhost", port);
  }

  /** One that holds no memory, since it never connects. */
  static SocketInput input(String host, int port) {
    Options options =
        new Options(
            "test",
            Map.of(
                "host", host, "port", Integer.toString(port), "reconnectDelay", "1 millisecond"));
    return new SocketInput(
        "test", SocketOptions.of(options), Schema.parse("value STRING"), null, Clock.SYSTEM);
  }

  @Override
  public LiveWriter newWriter() {
    return null;
  }

  @Override
  public void end() {
    throw new AssertionError("the input has not ended");
  }

  @Override
  public void fail(RuntimeException cause) {
    failure = cause;
  }
}
