package io.millrace.runtime;

import io.millrace.ProgressBuilder;
import io.millrace.StreamingQueryProgress.StateOperatorProgress;
import io.millrace.physical.EventTimeStatistics;
import io.millrace.physical.WatermarkClock;
import io.millrace.state.snapshot.SnapshotReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Event time and stateful operators in progress reports. */
final class StateProgress {
  /** Keys are shared out among that many shards, whatever the parallelism. */
  private static final long SHARDS = 64;

  private StateProgress() {}

  static void describe(StateReport state, ProgressBuilder report) {
    EventTimeStatistics seen = state.eventTime();
    if (seen != null) {
      if (seen.rows() > 0) {
        report.eventTime("max", instant(seen.maxUs()));
        report.eventTime("min", instant(seen.minUs()));
        report.eventTime("avg", instant(seen.averageUs()));
      }
      long watermarkUs = state.watermarkUs();
      report.eventTime("watermark", instant(watermarkUs == WatermarkClock.NONE ? 0 : watermarkUs));
      report.eventTimeRows(seen.nullRows(), seen.futureRows());
    }
    for (OperatorReport operator : state.operators()) {
      report.stateOperator(
          new StateOperatorProgress(
              operator.name(),
              operator.rowsTotal(),
              operator.updated(),
              0,
              operator.removed(),
              0,
              TimeUnit.NANOSECONDS.toMillis(operator.commitNs()),
              operator.memoryBytes(),
              operator.late(),
              SHARDS,
              operator.parts(),
              metrics(state.snapshots())));
    }
  }

  /** The query's snapshots, which hold all its operators. */
  private static Map<String, Long> metrics(SnapshotReport snapshots) {
    return snapshots == null
        ? Map.of()
        : Map.of(
            "numSnapshots", snapshots.written(),
            "numSnapshotsGivenUp", snapshots.failed(),
            "numBadSnapshotsPassedOver", snapshots.fallbacks(),
            "lastSnapshotBytes", snapshots.lastBytes(),
            "lastSnapshotMs", TimeUnit.NANOSECONDS.toMillis(snapshots.lastDurationNs()));
  }

  private static Instant instant(long us) {
    return Instant.EPOCH.plus(us, ChronoUnit.MICROS);
  }
}
