package io.millrace.runtime;

import io.millrace.physical.Pipeline;
import io.millrace.spi.Chunk;
import io.millrace.spi.Decoder;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** One thread's decoders and fused stages: runs pieces of input through them. */
final class PipelineRunner implements AutoCloseable {
  private final Pipeline pipeline;
  private final RejectRecorder rejects;
  private final Decoder[] decoders;
  private final Block[] decoded;
  private final RowSelection rows = new RowSelection();

  /**
   * @param pipeline closed with the runner, also if it cannot be made
   */
  PipelineRunner(
      BufferAllocator allocator,
      List<SourceDriver> sources,
      Pipeline pipeline,
      RejectRecorder rejects,
      int blockRows) {
    this.pipeline = pipeline;
    this.rejects = rejects;
    this.decoders = new Decoder[sources.size()];
    this.decoded = new Block[sources.size()];
    try {
      for (SourceDriver source : sources) {
        int i = source.index();
        decoders[i] = source.newDecoder(rejects);
        if (decoders[i] != null) {
          decoded[i] = Block.allocate(allocator, source.schema(), blockRows);
        }
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  RejectRecorder rejects() {
    return rejects;
  }

  void arrivalTimeUs(long value) {
    pipeline.arrivalTimeUs(value);
  }

  /** Runs a chunk. Returns how many records it held. */
  long run(int source, Chunk chunk) {
    Decoder decoder = decoders[source];
    if (decoder == null) {
      Block block = chunk.block();
      run(source, block, 0, block.rowCount());
      return block.rowCount();
    }
    rejects.source(source);
    long before = decoder.recordsRead();
    do {
      chunk.load();
      decode(decoder, chunk, decoded[source], source);
    } while (chunk.deferred());
    return decoder.recordsRead() - before;
  }

  private void decode(Decoder decoder, Chunk chunk, Block block, int source) {
    int length = chunk.bytes().length();
    int position = chunk.start();
    while (position < length) {
      block.clear();
      position = decoder.decode(chunk, position, block);
      if (block.rowCount() > 0) {
        pipeline.process(source, block, rows.set(0, block.rowCount(), RowSelection.ALL));
      }
    }
  }

  /** Runs rows from..to (exclusive) of a borrowed block. */
  void run(int source, Block block, int from, int to) {
    if (from < to) {
      pipeline.process(source, block, rows.set(from, to, RowSelection.ALL));
    }
  }

  Pipeline pipeline() {
    return pipeline;
  }

  @Override
  public void close() {
    pipeline.close();
    for (int i = 0; i < decoders.length; i++) {
      if (decoders[i] != null) {
        decoders[i].close();
      }
      if (decoded[i] != null) {
        decoded[i].close();
      }
    }
  }
}
