package io.millrace.perf.alerts;

import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.StreamingQueryProgress;
import io.millrace.Trigger;
import io.millrace.benchmarks.data.Answer;
import io.millrace.perf.machine.ProcFile;
import io.millrace.perf.machine.ResourceUse;
import io.millrace.perf.process.JsonFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** One pass over all files in a JVM that has done nothing before. */
public final class ColdPass {
  /**
   * @param seconds from the beginning of {@code main} to the query's end
   * @param secondsFromJvmStart the same from the JVM's start
   */
  public record Figures(
      Answer answer,
      double seconds,
      double secondsFromJvmStart,
      ResourceUse use,
      long peakResidentBytes) {
    public double rowsPerSecond() {
      return answer.rows() / seconds;
    }
  }

  private ColdPass() {}

  /** Arguments: the file for the figures, the folder of readings. */
  public static void main(String[] arguments) {
    long startNs = System.nanoTime();
    Path folder = Path.of(arguments[1]);
    Answer answer;
    double seconds;
    double secondsFromJvmStart;
    try (Session session = Session.open()) {
      AlertsQuery alerts = new AlertsQuery(session, folder, Integer.MAX_VALUE);
      StreamingQuery query = alerts.writer().trigger(Trigger.availableNow()).start();
      query.awaitTermination();
      seconds = (System.nanoTime() - startNs) / 1e9;
      long jvmStartMs = ManagementFactory.getRuntimeMXBean().getStartTime();
      secondsFromJvmStart = (System.currentTimeMillis() - jvmStartMs) / 1e3;
      answer =
          alerts.answer(
              query.recentProgress().stream()
                  .mapToLong(StreamingQueryProgress::numInputRows)
                  .sum());
    }
    JsonFile.write(
        Path.of(arguments[0]),
        new Figures(
            answer,
            seconds,
            secondsFromJvmStart,
            ResourceUse.now(),
            ProcFile.ownPeakResidentBytes()));
  }
}
