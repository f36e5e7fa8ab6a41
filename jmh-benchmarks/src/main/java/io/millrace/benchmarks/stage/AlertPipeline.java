package io.millrace.benchmarks.stage;

import io.millrace.benchmarks.data.AlertChecksum;
import io.millrace.benchmarks.data.Answer;
import io.millrace.benchmarks.data.PlannedSql;
import io.millrace.benchmarks.data.Readings;
import io.millrace.physical.Emission;
import io.millrace.physical.LateRows;
import io.millrace.physical.PhysicalPlan;
import io.millrace.physical.Pipeline;
import io.millrace.physical.PipelineContext;
import io.millrace.physical.RowAppender;
import io.millrace.physical.Stage;
import io.millrace.physical.expression.EvaluationContext;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.RowSelection;
import io.millrace.vector.json.JsonLinesDecoder;
import io.millrace.vector.json.JsonOptions;
import io.millrace.vector.json.JsonRejects;
import org.apache.arrow.memory.BufferAllocator;

/** The alerts from bytes to dense rows on one thread, as a pipeline of the engine does them. */
public final class AlertPipeline implements AutoCloseable {
  private static final int BLOCK_ROWS = 8192;

  private final JsonLinesDecoder decoder;
  private final Block decoded;
  private final Pipeline pipeline;
  private final Alerts alerts;
  private final RowSelection all = new RowSelection();
  private long rows;

  public AlertPipeline(BufferAllocator allocator) {
    int[] everyColumn = {0, 1, 2};
    decoder = new JsonLinesDecoder(Readings.SCHEMA, everyColumn, JsonOptions.DEFAULT);
    decoded = Block.allocate(allocator, Readings.SCHEMA, BLOCK_ROWS);
    PhysicalPlan plan =
        new PhysicalPlan(PlannedSql.query(Readings.ALERTS, Readings.SCHEMA, allocator));
    alerts =
        new Alerts(
            new RowAppender(allocator, BLOCK_ROWS),
            Block.allocate(allocator, plan.schema(), BLOCK_ROWS));
    PipelineContext context =
        new PipelineContext(
            new EvaluationContext(allocator, BLOCK_ROWS, true),
            Emission.APPEND,
            0,
            LateRows.IGNORED,
            null);
    pipeline = plan.build(context, alerts);
  }

  /** Runs whole lines from..to (exclusive). */
  public void run(long address, int from, int to) {
    int at = from;
    while (at < to) {
      decoded.clear();
      at = decoder.decode(address, at, to, decoded, JsonRejects.IGNORE);
      rows += decoded.rowCount();
      pipeline.process(0, decoded, all.set(0, decoded.rowCount(), RowSelection.ALL));
    }
  }

  /** What has come out since the last call. */
  public Answer takeAnswer() {
    Answer answer = new Answer(rows, alerts.count, alerts.checksum);
    rows = 0;
    alerts.count = 0;
    alerts.checksum = 0;
    return answer;
  }

  @Override
  public void close() {
    pipeline.close();
    alerts.close();
    decoded.close();
  }

  /** Gathers what is left, as a sink would get it. */
  private static final class Alerts implements Stage {
    private final RowAppender appender;
    private final Block dense;
    private long count;
    private long checksum;

    Alerts(RowAppender appender, Block dense) {
      this.appender = appender;
      this.dense = dense;
    }

    @Override
    public void process(Block block, RowSelection rows) {
      dense.clear();
      appender.append(block, rows.from(), rows.to(), rows.mask(), dense);
      count += dense.rowCount();
      checksum += AlertChecksum.of(dense);
    }

    @Override
    public void endOfBatch(long watermarkUs) {}

    @Override
    public void close() {
      dense.close();
      appender.close();
    }
  }
}
