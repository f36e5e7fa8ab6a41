package io.millrace.perf.pace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/** Tagged histograms in HdrHistogram's log format; values are nanoseconds. */
public final class HistogramLog {
  private static final String HANDED_OVER = "histograms.hlog";

  private HistogramLog() {}

  /** Leaves what a program has recorded beside its file of figures. */
  public static void handOver(Path figures, Histogram... histograms) {
    write(file(figures), List.of(histograms));
  }

  /**
   * Takes what a program has left there, so that nobody takes it for another's.
   *
   * @return nothing if it left nothing
   */
  public static List<Histogram> take(Path figures) {
    Path file = file(figures);
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Histogram> histograms = read(file);
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException("deleting " + file, e);
    }
    return histograms;
  }

  private static Path file(Path figures) {
    return figures.resolveSibling(HANDED_OVER);
  }

  public static void write(Path file, List<Histogram> histograms) {
    try {
      HistogramLogWriter writer = new HistogramLogWriter(file.toFile());
      writer.outputLogFormatVersion();
      writer.outputLegend();
      for (Histogram histogram : histograms) {
        writer.outputIntervalHistogram(histogram);
      }
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }

  public static List<Histogram> read(Path file) {
    List<Histogram> histograms = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
      while (reader.nextIntervalHistogram() instanceof Histogram histogram) {
        histograms.add(histogram);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
    return histograms;
  }
}
