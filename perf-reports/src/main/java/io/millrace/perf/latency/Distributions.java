package io.millrace.perf.latency;

import io.millrace.perf.pace.HistogramLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Of each thing measured a histogram per run, in nanoseconds. */
public final class Distributions {
  private final Map<String, List<Histogram>> runs = new LinkedHashMap<>();

  /**
   * Takes what the program has handed over that wrote these figures.
   *
   * @param id of the thing measured
   */
  void take(String id, Path figures) {
    for (Histogram histogram : HistogramLog.take(figures)) {
      List<Histogram> same =
          runs.computeIfAbsent(id + "-" + histogram.getTag(), key -> new ArrayList<>());
      same.add(histogram);
      histogram.setTag("run-" + same.size());
    }
  }

  /** All runs together, if anything was recorded. */
  public Optional<Histogram> latency(String id) {
    return together(id + "-latency");
  }

  /** The same of how late the generator was. */
  public Optional<Histogram> jitter(String id) {
    return together(id + "-jitter");
  }

  private Optional<Histogram> together(String name) {
    return runs.getOrDefault(name, List.of()).stream()
        .reduce(
            (one, other) -> {
              Histogram both = one.copy();
              both.add(other);
              return both;
            })
        .filter(all -> all.getTotalCount() > 0);
  }

  /** Writes a log for each thing, in which each run is tagged. */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("making folder " + folder, e);
    }
    runs.forEach((name, same) -> HistogramLog.write(folder.resolve(name + ".hlog"), same));
  }
}
