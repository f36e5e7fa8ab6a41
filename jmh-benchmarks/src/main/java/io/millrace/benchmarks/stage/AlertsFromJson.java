package io.millrace.benchmarks.stage;

import io.millrace.benchmarks.RowBenchmark;
import io.millrace.benchmarks.data.Answer;
import io.millrace.benchmarks.data.FieldOrder;
import io.millrace.benchmarks.data.ReadingLines;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/** Decode, filter, project and gather, chunk by chunk; the answer's checksum is part of it. */
public class AlertsFromJson extends RowBenchmark {
  private static final int ROWS = 65_536;

  @Param({"STABLE", "SHUFFLED"})
  public FieldOrder order;

  @Param("262144")
  public int chunkBytes;

  private ReadingLines lines;
  private int[] chunkEnds;
  private AlertPipeline pipeline;
  private Answer answer;

  @Override
  protected void prepare(BufferAllocator memory) {
    lines = new ReadingLines(memory, ROWS, order);
    chunkEnds = lines.cuts(chunkBytes);
    pipeline = new AlertPipeline(memory);
    answer = Answer.NONE;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Answer alerts() {
    int from = 0;
    for (int end : chunkEnds) {
      pipeline.run(lines.address(), from, end);
      from = end;
    }
    return answer = pipeline.takeAnswer();
  }

  @Override
  protected void check() {
    lines.answer().requireSame(answer);
  }

  @Override
  protected void release() {
    pipeline.close();
    lines.close();
  }
}
