package io.millrace.connectors.files.json;

import io.millrace.connectors.files.FileSource;
import io.millrace.spi.Options;
import io.millrace.spi.Source;
import io.millrace.spi.SourceContext;
import io.millrace.spi.SourceProvider;
import io.millrace.types.AnalysisException;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.json.JsonLinesDecoder;
import io.millrace.vector.json.JsonMode;
import io.millrace.vector.json.JsonOptions;
import java.util.Optional;
import java.util.Set;

/**
 * The format {@code json}, one object per line. A static read without a schema finds one in the
 * data; a stream needs one, for its first files may not tell what later ones hold.
 */
public final class JsonSourceProvider implements SourceProvider {
  private static final String MODE = "mode";
  private static final String CORRUPT_RECORD = "columnNameOfCorruptRecord";
  private static final String MULTI_LINE = "multiLine";

  @Override
  public String format() {
    return "json";
  }

  @Override
  public Set<String> options() {
    return FileSource.optionsWith(Set.of(MODE, CORRUPT_RECORD, MULTI_LINE));
  }

  @Override
  public Schema schema(Optional<Schema> requested, Options options) {
    return schema(requested, options, false);
  }

  @Override
  public Schema schema(Optional<Schema> requested, Options options, boolean streaming) {
    JsonOptions json = jsonOptions(options);
    FileSource.requireInput(options, streaming);
    if (requested.isEmpty()) {
      if (streaming) {
        throw new AnalysisException(
            options.owner()
                + ": a streaming source needs its schema, for example .schema(\"deviceId STRING,"
                + " temperature DOUBLE\"); read().json(path) shows the schema of files that are"
                + " there already");
      }
      return JsonSchemaInference.infer(options, json);
    }
    Schema schema = requested.get().requireUniqueNames();
    schema
        .indexOf(json.columnNameOfCorruptRecord())
        .ifPresent(column -> new JsonLinesDecoder(schema, new int[] {column}, json));
    return schema;
  }

  @Override
  public Source open(SourceContext context) {
    JsonOptions json = jsonOptions(context.options());
    for (int column : context.columns()) {
      Field field = context.schema().field(column);
      if (!field.type().isFlat()) {
        throw new AnalysisException(
            context.options().owner()
                + ": column "
                + field.name()
                + " is "
                + field.type().sql()
                + ": nested values are not read yet; leave the column out with select or drop, or"
                + " declare it STRING to get its text");
      }
    }
    return FileSource.open(context, rejects -> new JsonDecoder(context, json, rejects));
  }

  private JsonOptions jsonOptions(Options options) {
    options.requireKnown(options());
    if (options.getBoolean(MULTI_LINE, false)) {
      throw new AnalysisException(
          options.owner()
              + ": option multiLine is true, but records over several lines are not read; write one"
              + " object per line, for example with jq -c .");
    }
    return new JsonOptions(
        options.get(MODE).map(text -> mode(options.owner(), text)).orElse(JsonMode.PERMISSIVE),
        options.get(CORRUPT_RECORD, JsonOptions.DEFAULT.columnNameOfCorruptRecord()));
  }

  private static JsonMode mode(String owner, String text) {
    try {
      return JsonMode.of(text.strip());
    } catch (AnalysisException e) {
      throw new AnalysisException(owner + ": " + e.getMessage(), e);
    }
  }
}
