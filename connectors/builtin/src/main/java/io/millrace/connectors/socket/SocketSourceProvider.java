package io.millrace.connectors.socket;

import io.millrace.spi.Options;
import io.millrace.spi.Source;
import io.millrace.spi.SourceContext;
import io.millrace.spi.SourceProvider;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import java.util.Optional;
import java.util.Set;

/**
 * The format {@code socket}: connects to a server and makes each line that it sends a row: {@code
 * value STRING} and, with {@code includeTimestamp}, {@code timestamp TIMESTAMP}, when it arrived.
 *
 * <p>Options: {@code host}, {@code port}; {@code includeTimestamp} (false), {@code maxLineBytes}
 * (64k; a longer line is rejected), {@code connectTimeout} (10 seconds), {@code reconnectDelay} (1
 * second), doubled with each attempt that fails up to {@code maxReconnectDelay} (30 seconds),
 * {@code capacityRows} (65536), lines that may wait for the query; when there is no more room
 * nothing is read from the connection.
 *
 * <p>A server that is not there, or goes away, does not end the query: it is tried again. A bounded
 * query ({@code availableNow}, {@code once}) reads until the server closes the connection.
 */
public final class SocketSourceProvider implements SourceProvider {
  @Override
  public String format() {
    return "socket";
  }

  @Override
  public Set<String> options() {
    return SocketOptions.NAMES;
  }

  @Override
  public Schema schema(Optional<Schema> requested, Options options) {
    Schema schema = schema(SocketOptions.of(options));
    if (requested.isPresent() && !requested.get().equals(schema)) {
      throw new AnalysisException(
          options.owner()
              + ": it has the columns "
              + schema.sql()
              + ", the schema is "
              + requested.get().sql()
              + "; leave the schema out and take the column value apart in the query");
    }
    return schema;
  }

  private static Schema schema(SocketOptions options) {
    Field value = new Field(LineWriter.VALUE, DataType.STRING, true);
    return options.includeTimestamp()
        ? Schema.of(value, new Field(LineWriter.TIMESTAMP, DataType.TIMESTAMP, true))
        : Schema.of(value);
  }

  @Override
  public Source open(SourceContext context) {
    if (!context.streaming()) {
      throw new AnalysisException(
          context.options().owner()
              + ": it can be read only once; use readStream() with Trigger.availableNow() instead of"
              + " read()");
    }
    SocketOptions options = SocketOptions.of(context.options());
    SocketInput input =
        new SocketInput(
            context.name(), options, context.readSchema(), context.allocator(), context.clock());
    return context.liveSources().open(input, context.readSchema(), options.capacityRows());
  }
}
