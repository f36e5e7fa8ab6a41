package io.millrace.spi;

import io.millrace.state.storage.Storage;
import io.millrace.types.Schema;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What a source is opened with.
 *
 * @param name what the user calls it
 * @param schema all columns, as {@link SourceProvider#schema} gave them
 * @param columns indexes of the columns that the query reads; blocks have exactly these, in this
 *     order
 * @param filters comparisons (over those columns) of which a row must fulfil all; a source may
 *     leave other rows out, but counts them as read
 * @param streaming whether the source goes on after what is there now
 * @param liveSources for formats whose rows come on threads of their own
 */
public record SourceContext(
    String name,
    Schema schema,
    int[] columns,
    List<ColumnFilter> filters,
    Options options,
    boolean streaming,
    BufferAllocator allocator,
    Storage storage,
    Clock clock,
    LiveSources liveSources) {

  /** The columns that blocks have. */
  public Schema readSchema() {
    return schema.select(columns);
  }
}
