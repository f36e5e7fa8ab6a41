package io.millrace.connectors.files.json;

import io.millrace.connectors.files.FileSink;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkContext;
import io.millrace.spi.SinkProvider;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
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
      requireFlatKeys(context.options().owner(), field.name(), field.type());
    }
    boolean keepNulls = !context.options().getBoolean(IGNORE_NULLS, true);
    return FileSink.open(
        context,
        "json",
        columns -> new JsonLinesWriter(context.schema(), columns, keepNulls)::write);
  }

  /** A member of a JSON object is named by a text. */
  private static void requireFlatKeys(String owner, String column, DataType type) {
    switch (type) {
      case DataType.Simple ignored -> {}
      case DataType.Decimal ignored -> {}
      case DataType.Array array -> requireFlatKeys(owner, column, array.element());
      case DataType.Struct struct ->
          struct.fields().fields().forEach(f -> requireFlatKeys(owner, column, f.type()));
      case DataType.Map map -> {
        if (!map.key().isFlat()) {
          throw new AnalysisException(
              owner
                  + ": column "
                  + column
                  + ": the keys of "
                  + map.sql()
                  + " make no names of a JSON object; take keys of a flat type");
        }
        requireFlatKeys(owner, column, map.value());
      }
    }
  }
}
