package io.millrace;

import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.util.List;

/** A {@link BatchFunction} as the runtime sees it, which knows no frames. */
@FunctionalInterface
public interface EpochFunction {
  void accept(Schema schema, List<Row> rows, long epoch) throws Exception;
}
