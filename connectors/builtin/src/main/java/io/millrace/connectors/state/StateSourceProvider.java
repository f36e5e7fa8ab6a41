package io.millrace.connectors.state;

import io.millrace.spi.Options;
import io.millrace.spi.Source;
import io.millrace.spi.SourceContext;
import io.millrace.spi.SourceProvider;
import io.millrace.state.storage.LocalStorage;
import io.millrace.types.AnalysisException;
import io.millrace.types.Schema;
import java.util.Optional;
import java.util.Set;

/**
 * The rows that a stateful operator of a streaming query keeps, as they are after the last commit
 * of its checkpoint; the query may run. The checkpoint knows the columns. Options: {@code path} of
 * the checkpoint, {@code operator}, its number from 0 (the only one).
 */
public final class StateSourceProvider implements SourceProvider {
  @Override
  public String format() {
    return "state";
  }

  @Override
  public Set<String> options() {
    return StateOptions.KEYS;
  }

  @Override
  public Schema schema(Optional<Schema> requested, Options options) {
    return schema(requested, options, false);
  }

  @Override
  public Schema schema(Optional<Schema> requested, Options options, boolean streaming) {
    if (streaming) {
      throw new AnalysisException(
          options.owner()
              + ": state is what it was after one commit and has an end; use read() instead of"
              + " readStream(), again for later commits");
    }
    Schema schema = StateOptions.of(options, new LocalStorage()).operator().schema();
    if (requested.isPresent() && !requested.get().equals(schema)) {
      throw new AnalysisException(
          options.owner() + ": its columns are " + schema + "; leave schema(...) out");
    }
    return schema;
  }

  @Override
  public Source open(SourceContext context) {
    return new StateSource(
        StateOptions.of(context.options(), context.storage()),
        context.columns(),
        context.allocator());
  }
}
