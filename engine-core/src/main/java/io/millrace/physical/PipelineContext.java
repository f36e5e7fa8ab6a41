package io.millrace.physical;

import io.millrace.physical.expression.EvaluationContext;

/** What the stages of one pipeline share. */
public final class PipelineContext implements AutoCloseable {
  private final EvaluationContext evaluation;
  private final Emission emission;
  private final LateRows lateRows;
  private final EventTimeStatistics[] eventTimes;
  private final RowNumbers rowNumbers = new RowNumbers();
  private final RowStamps stamps;
  private long watermarkUs = WatermarkClock.NONE;

  /**
   * @param watermarkedInputs how many there are
   * @param rowClock for the lateness rule {@code row}; null for the rule {@code batch}
   */
  public PipelineContext(
      EvaluationContext evaluation,
      Emission emission,
      int watermarkedInputs,
      LateRows lateRows,
      WatermarkClock rowClock) {
    this.evaluation = evaluation;
    this.emission = emission;
    this.lateRows = lateRows;
    this.eventTimes = new EventTimeStatistics[watermarkedInputs];
    for (int i = 0; i < watermarkedInputs; i++) {
      eventTimes[i] = new EventTimeStatistics();
    }
    this.stamps =
        rowClock == null
            ? null
            : new RowStamps(evaluation.allocator(), evaluation.rowCapacity(), rowClock, this);
  }

  public EvaluationContext evaluation() {
    return evaluation;
  }

  Emission emission() {
    return emission;
  }

  LateRows lateRows() {
    return lateRows;
  }

  /** What this pipeline saw of a watermarked input's event times. */
  public EventTimeStatistics eventTimes(int input) {
    return eventTimes[input];
  }

  public RowNumbers rowNumbers() {
    return rowNumbers;
  }

  /** Null unless the lateness rule is {@code row}. */
  RowStamps stamps() {
    return stamps;
  }

  /** A block of rows enters the pipeline, or leaves an operator that made it. */
  public void beginBlock(int rows) {
    rowNumbers.begin(rows);
    if (stamps != null) {
      stamps.clear();
    }
  }

  /** The watermark as the previous batch left it. */
  public long watermarkUs() {
    return watermarkUs;
  }

  public void watermarkUs(long value) {
    watermarkUs = value;
  }

  @Override
  public void close() {
    if (stamps != null) {
      stamps.close();
    }
  }
}
