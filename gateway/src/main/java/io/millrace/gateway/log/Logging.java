package io.millrace.gateway.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.millrace.gateway.terminal.Secrets;
import java.io.PrintStream;
import org.slf4j.LoggerFactory;

/**
 * The process's one log: lines on its error stream, secrets masked, warnings and errors only unless
 * more is asked for. Nothing is loaded before something is logged.
 */
public final class Logging {
  /** Where lines go and what must not stand in them. */
  private record Target(PrintStream stream, Secrets secrets) {}

  private static volatile Target target = new Target(System.err, new Secrets());

  private Logging() {}

  public static void to(PrintStream stream, Secrets secrets) {
    target = new Target(stream, secrets);
  }

  /** From now on everything of ours from INFO on. */
  public static void beVerbose() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger("io.millrace").setLevel(Level.INFO);
    }
  }

  static AppenderBase<ILoggingEvent> appender(LoggerContext context) {
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout.setPattern("%d{HH:mm:ss.SSS} %-5level [%thread] %logger{24}: %msg%n");
    layout.start();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            Target now = target;
            now.stream.print(now.secrets.redact(layout.doLayout(event)));
          }
        };
    appender.setContext(context);
    appender.setName("stream");
    appender.start();
    return appender;
  }
}
