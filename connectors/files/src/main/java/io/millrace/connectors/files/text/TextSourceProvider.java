package io.millrace.connectors.files.text;

import io.millrace.connectors.files.FileSource;
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

/** The format {@code text}: one STRING column, {@code value} unless the user names it. */
public final class TextSourceProvider implements SourceProvider {
  private static final Schema SCHEMA = Schema.of(new Field("value", DataType.STRING, true));

  @Override
  public String format() {
    return "text";
  }

  @Override
  public Set<String> options() {
    return FileSource.optionsWith(Set.of());
  }

  @Override
  public Schema schema(Optional<Schema> requested, Options options) {
    return schema(requested, options, false);
  }

  @Override
  public Schema schema(Optional<Schema> requested, Options options, boolean streaming) {
    options.requireKnown(options());
    FileSource.requireInput(options, streaming);
    Schema schema = requested.orElse(SCHEMA);
    if (schema.size() != 1 || schema.field(0).type() != DataType.STRING) {
      throw new AnalysisException(
          options.owner()
              + ": text files have one STRING column, the schema is "
              + schema.sql()
              + "; leave the schema out and take the column value apart in the query");
    }
    return schema;
  }

  @Override
  public Source open(SourceContext context) {
    context.options().requireKnown(options());
    boolean needsText = context.columns().length > 0;
    return FileSource.open(context, rejects -> new TextDecoder(needsText, rejects));
  }
}
