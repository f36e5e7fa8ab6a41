package io.millrace.runtime;

import io.millrace.physical.EventTimeStatistics;
import io.millrace.physical.WatermarkClock;
import io.millrace.state.offsets.Commit;
import io.millrace.state.snapshot.SnapshotReport;
import java.util.List;

/**
 * Event time and state at the end of an epoch.
 *
 * @param eventTime what the epoch's rows had; null if nothing has a watermark
 * @param watermarkUs as the epoch left it
 * @param inputs how far each watermarked input has come
 * @param operators one per stateful operator
 * @param snapshots how they fare since the start; null if no state is written down
 * @param sequence where the epoch's changes of state end
 */
record StateReport(
    EventTimeStatistics eventTime,
    long watermarkUs,
    List<WatermarkClock.Progress> inputs,
    List<OperatorReport> operators,
    SnapshotReport snapshots,
    long sequence) {
  /** Of a query without event time and state. */
  static final StateReport NONE =
      new StateReport(null, WatermarkClock.NONE, List.of(), List.of(), null, Commit.NO_STATE);

  /** What is still true when an epoch's rows are past: the watermark, and what is kept. */
  StateReport withoutEpoch() {
    return new StateReport(
        eventTime == null ? null : new EventTimeStatistics(),
        watermarkUs,
        inputs,
        operators.stream().map(OperatorReport::withoutEpoch).toList(),
        snapshots,
        sequence);
  }
}
