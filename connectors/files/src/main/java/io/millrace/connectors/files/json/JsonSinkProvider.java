package io.millrace.connectors.files.json;

import io.millrace.connectors.files.FileSink;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkContext;
import io.millrace.spi.SinkProvider;
import io.millrace.types.AnalysisException;
import io.millrace.types.Field;
import io.millrace.vector.json.JsonLinesWriter;
import java.util.Set;

/** Writes the format {@code json}, one object per line, nulls left out unless asked for. */
public final class JsonSinkProvider implements SinkProvider {
  private static final String IGNORE_NULLS = "ignoreNullFields";

  @Override
  public String format() {
    return "json";
  }

  @Override
  public Set<String> options() {
    return FileSink.optionsWith(Set.of(IGNORE_NULLS));
  }

  @Override
  public Sink open(SinkContext context) {
    context.options().requireKnown(options());
    for (Field field : context.schema().fields()) {
      if (!field.type().isFlat()) {
        throw new AnalysisException(
            context.options().owner()
                + ": column "
                + field.name()
                + " is "
                + field.type().sql()
                + "; nested values are not written yet, use to_json or single fields");
      }
    }
    boolean keepNulls = !context.options().getBoolean(IGNORE_NULLS, true);
    return FileSink.open(
        context,
        "json",
        columns -> new JsonLinesWriter(context.schema(), columns, keepNulls)::write);
  }
}
