package io.millrace.perf.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Stacks of the engine's threads, sampled by their CPU time, in native code too.
 *
 * @param failedSeconds of CPU time without a stack
 */
public record Samples(List<Stack> stacks, double failedSeconds) {
  /** CPU time of a thread between two samples. */
  static final int PERIOD_MS = 10;

  private static final String SAMPLE = "jdk.CPUTimeSample";
  private static final String LOST = "jdk.CPUTimeSamplesLost";

  /** Classes of lambdas have a number that is another in each JVM. */
  private static final Pattern HIDDEN = Pattern.compile("\\$\\$Lambda\\.0x\\p{XDigit}+");

  /**
   * A thread's work for a while.
   *
   * @param methods as {@code class.method}, the innermost first
   * @param seconds of CPU time that it stands for
   */
  record Stack(List<String> methods, double seconds) {}

  /** A recording of samples, not started. */
  public static Recording recording() {
    Recording recording = new Recording();
    recording.enable(SAMPLE).with("throttle", PERIOD_MS + "ms");
    recording.enable(LOST);
    return recording;
  }

  /** All recordings of a folder. */
  public static Samples in(Path folder) {
    List<Stack> stacks = new ArrayList<>();
    double failedSeconds = 0;
    try (var all = Files.list(folder)) {
      for (Path file : all.sorted().toList()) {
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
          if (event.getEventType().getName().equals(LOST)) {
            failedSeconds += event.getLong("lostSamples") * PERIOD_MS / 1e3;
            continue;
          }
          double seconds = event.getDuration("samplingPeriod").toNanos() / 1e9;
          if (event.getStackTrace() == null) {
            failedSeconds += seconds;
          } else {
            stacks.add(
                new Stack(
                    event.getStackTrace().getFrames().stream().map(Samples::name).toList(),
                    seconds));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading recordings in " + folder, e);
    }
    return new Samples(stacks, failedSeconds);
  }

  private static String name(RecordedFrame frame) {
    String type = frame.getMethod().getType().getName();
    return HIDDEN.matcher(type).replaceFirst("\\$\\$Lambda") + "." + frame.getMethod().getName();
  }
}
