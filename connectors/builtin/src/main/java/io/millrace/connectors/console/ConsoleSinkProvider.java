package io.millrace.connectors.console;

import io.millrace.spi.Options;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkContext;
import io.millrace.spi.SinkProvider;
import io.millrace.types.AnalysisException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.Set;

/**
 * Prints the first rows of each epoch as Spark's console sink does. Options: {@code numRows} (20),
 * {@code truncate} (true: values are cut to 20 characters; false: they are not; or a number of
 * characters).
 */
public final class ConsoleSinkProvider implements SinkProvider {
  private static final String NUM_ROWS = "numRows";
  private static final String TRUNCATE = "truncate";
  private static final int DEFAULT_ROWS = 20;
  private static final int DEFAULT_CHARACTERS = 20;

  private final Optional<PrintStream> out;

  /** Prints to what {@code System.out} is when a query starts. */
  public ConsoleSinkProvider() {
    this.out = Optional.empty();
  }

  public ConsoleSinkProvider(PrintStream out) {
    this.out = Optional.of(out);
  }

  @Override
  public String format() {
    return "console";
  }

  @Override
  public Set<String> options() {
    return Set.of(NUM_ROWS, TRUNCATE);
  }

  @Override
  public Sink open(SinkContext context) {
    int numRows = context.options().getInt(NUM_ROWS, DEFAULT_ROWS);
    if (numRows < 0) {
      throw new AnalysisException(
          context.options().owner() + ": option numRows is " + numRows + ", it must be 0 or more");
    }
    return new ConsoleSink(
        context.schema(), numRows, truncate(context.options()), out.orElse(System.out));
  }

  private static int truncate(Options options) {
    String text = options.get(TRUNCATE, "true").strip();
    if (text.equalsIgnoreCase("true")) {
      return DEFAULT_CHARACTERS;
    } else if (text.equalsIgnoreCase("false")) {
      return 0;
    }
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw new AnalysisException(
          options.owner()
              + ": option truncate is "
              + text
              + ", it must be true, false or a number of characters",
          e);
    }
  }
}
