package io.millrace.runtime;

import io.millrace.spi.Chunk;
import io.millrace.spi.Decoder;
import io.millrace.spi.DecoderFactory;
import io.millrace.spi.InputRange;
import io.millrace.spi.LiveSource;
import io.millrace.spi.ReadLimit;
import io.millrace.spi.Rejects;
import io.millrace.spi.ReplayableSource;
import io.millrace.spi.Source;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** One source of a query: its place among the query's inputs, and the memory its chunks take. */
final class SourceDriver implements AutoCloseable {
  private final int index;
  private final String name;
  private final Source source;
  private final Schema schema;
  private final BufferAllocator allocator;
  private final BlockSizes sizes;
  private final Optional<DecoderFactory> decoder;
  private final SeededChoices choices;
  private InputRange lastRange;

  /**
   * @param index of the input in the physical plan
   * @param schema of the columns that the source hands out
   * @param choices decides how arrivals are cut into batches; null if nothing does
   */
  SourceDriver(
      int index,
      String name,
      Source source,
      Schema schema,
      BufferAllocator allocator,
      BlockSizes sizes,
      SeededChoices choices) {
    this.index = index;
    this.name = name;
    this.source = source;
    this.schema = schema;
    this.allocator = allocator;
    this.sizes = sizes;
    this.choices = choices;
    this.decoder =
        source instanceof ReplayableSource replayable ? replayable.decoder() : Optional.empty();
  }

  int index() {
    return index;
  }

  String name() {
    return name;
  }

  Source source() {
    return source;
  }

  Schema schema() {
    return schema;
  }

  /** The range that was planned last; null before the first. */
  InputRange lastRange() {
    return lastRange;
  }

  boolean isLive() {
    return source instanceof LiveSource;
  }

  LiveSource live() {
    return (LiveSource) source;
  }

  /** How many of a live source's rows the next batch takes at most: all, unless a seed says so. */
  long nextBatchRows() {
    return choices == null ? Long.MAX_VALUE : choices.batchRows(live().waiting());
  }

  ReplayableSource replayable() {
    return (ReplayableSource) source;
  }

  /** Whether all that is there now is all there will be. */
  boolean ended() {
    return source.ended();
  }

  Optional<InputRange> plan(ReadLimit limit) {
    Optional<InputRange> range = replayable().plan(limit);
    range.ifPresent(planned -> lastRange = planned);
    return range;
  }

  void restore(InputRange range) {
    lastRange = range;
    replayable().restore(range);
  }

  /** See {@link ReplayableSource#memory}; nothing if nothing was ever planned. */
  Iterator<InputRange> memory() {
    return lastRange == null ? Collections.emptyIterator() : replayable().memory(lastRange);
  }

  /** Whether bytes must be decoded, in a pipeline. */
  boolean decodes() {
    return decoder.isPresent();
  }

  Chunk newChunk() {
    return decoder.isPresent()
        ? new Chunk(new ByteBlock(allocator, sizes.chunkBytes()), null)
        : new Chunk(null, Block.allocate(allocator, schema, sizes.rows()));
  }

  static void close(Chunk chunk) {
    ByteBlock bytes = chunk.bytes();
    Block block = chunk.block();
    try (bytes;
        block) {
      chunk.clear();
    }
  }

  /** A decoder for one pipeline, or null if readers fill columns. */
  Decoder newDecoder(Rejects rejects) {
    return decoder.map(factory -> factory.create(rejects)).orElse(null);
  }

  @Override
  public void close() {
    source.close();
  }
}
