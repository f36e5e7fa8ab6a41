package io.millrace.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.terminal.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
  private static final Logger LOG = LoggerFactory.getLogger(LoggingTest.class);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Secrets secrets = new Secrets();

  @BeforeEach
  void redirect() {
    Logging.to(new PrintStream(bytes, true, StandardCharsets.UTF_8), secrets);
  }

  @AfterEach
  void restore() {
    Logging.to(System.err, new Secrets());
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void secretsAreMaskedInMessagesAndTraces() {
    secrets.add("s3cret-token");

    LOG.warn("password s3cret-token", new IllegalStateException("with s3cret-token"));

    assertThat(text())
        .contains("WARN", "password ***", "IllegalStateException: with ***", "\tat io.millrace")
        .doesNotContain("s3cret");
  }

  @Test
  void debugIsNeverShown() {
    LOG.debug("details");

    assertThat(text()).isEmpty();
  }
}
