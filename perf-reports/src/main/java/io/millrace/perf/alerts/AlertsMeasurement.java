package io.millrace.perf.alerts;

import io.millrace.benchmarks.data.FieldOrder;
import io.millrace.perf.alerts.AlertsFigures.OrderFigures;
import io.millrace.perf.alerts.AlertsFigures.Settings;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import io.millrace.perf.process.ChildJvm;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.WatchedProcess;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures everything, one thing after the other, each in a process of its own. */
public final class AlertsMeasurement {
  /** More is not needed to see the machine's limits. */
  private static final double MAX_LIMIT_SECONDS = 3;

  private final Settings settings;
  private final List<String> millrace;
  private final Path home;
  private final Path work;

  /**
   * @param millrace the program's command
   * @param home the checkout
   * @param work a folder with room for the readings, kept for the next time
   */
  public AlertsMeasurement(Settings settings, List<String> millrace, Path home, Path work) {
    this.settings = settings;
    this.millrace = List.copyOf(millrace);
    this.home = home;
    this.work = work;
  }

  /**
   * @throws IllegalStateException if a process fails or computes a wrong answer
   */
  public AlertsFigures run() {
    String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Map<FieldOrder, ReadingFiles> readings = new EnumMap<>(FieldOrder.class);
    for (FieldOrder order : FieldOrder.values()) {
      say("readings, " + order + " field order");
      readings.put(order, ReadingFiles.in(work, order, settings.rows(), settings.files()));
    }
    List<Limits.Figures> limits = new ArrayList<>();
    limits.add(limits(readings.get(FieldOrder.STABLE)));
    List<OrderFigures> orders = new ArrayList<>();
    readings.forEach((order, files) -> orders.add(measure(order, files)));
    List<WatchedProcess> startUps = new ArrayList<>();
    for (int i = 0; i < settings.startUps(); i++) {
      say("start-up " + (i + 1));
      startUps.add(StartUp.run(millrace, work));
    }
    limits.add(limits(readings.get(FieldOrder.STABLE)));
    return new AlertsFigures(
        date, Commit.of(home), Machine.here(), settings, limits, orders, startUps);
  }

  private Limits.Figures limits(ReadingFiles readings) {
    say("limits");
    double seconds = Math.min(MAX_LIMIT_SECONDS, settings.seconds());
    return ChildJvm.run(
        Limits.class,
        Limits.Figures.class,
        work,
        List.of(readings.folder().toString(), Double.toString(seconds)));
  }

  private OrderFigures measure(FieldOrder order, ReadingFiles readings) {
    List<ColdPass.Figures> cold = new ArrayList<>();
    for (int i = 0; i < settings.coldRuns(); i++) {
      say("cold pass " + (i + 1) + ", " + order);
      cold.add(coldPass(readings, List.of()));
    }
    List<ColdPass.Figures> cached = cachedPasses(order, readings);
    List<SteadyRate.Figures> steady = new ArrayList<>();
    for (int i = 0; i < settings.runs(); i++) {
      say("steady rate " + (i + 1) + ", " + order);
      steady.add(steadyRate(readings));
    }
    return new OrderFigures(order, readings.sizeBytes(), cold, cached, steady);
  }

  private List<ColdPass.Figures> cachedPasses(FieldOrder order, ReadingFiles readings) {
    if (!ChildJvm.isPackaged()) {
      return List.of();
    }
    Path cache = work.resolve("cold-" + order + ".aot");
    Folder.delete(cache);
    say("cold pass that trains a cache, " + order);
    coldPass(readings, List.of("-XX:AOTCacheOutput=" + cache));
    List<ColdPass.Figures> cached = new ArrayList<>();
    for (int i = 0; i < settings.coldRuns(); i++) {
      say("cold pass with a cache " + (i + 1) + ", " + order);
      cached.add(coldPass(readings, List.of("-XX:AOTCache=" + cache)));
    }
    return cached;
  }

  private ColdPass.Figures coldPass(ReadingFiles readings, List<String> options) {
    ColdPass.Figures figures =
        ChildJvm.run(
            options,
            ColdPass.class,
            ColdPass.Figures.class,
            work,
            List.of(readings.folder().toString()));
    readings.answer().requireSame(figures.answer());
    return figures;
  }

  private SteadyRate.Figures steadyRate(ReadingFiles readings) {
    Path links = Folder.fresh(work.resolve("endless"));
    SteadyRate.Figures figures =
        ChildJvm.run(
            SteadyRate.class,
            SteadyRate.Figures.class,
            work,
            List.of(
                readings.folder().toString(),
                links.toString(),
                Double.toString(settings.warmUpSeconds()),
                Double.toString(settings.seconds())));
    readings.answer().times(figures.passes()).requireSame(figures.answer());
    Folder.delete(links);
    return figures;
  }

  private static void say(String what) {
    System.err.println("measuring: " + what);
  }
}
