package io.millrace.perf.bench;

import io.millrace.perf.bench.BenchData.End;
import io.millrace.perf.process.Folder;
import io.millrace.perf.process.JsonFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The same readings in a folder for each of several queries, which share the devices out. */
final class PartedData {
  /** So that a query on two threads has a file for each. */
  private static final int LEAST_FILES = 2;

  private static final String DEVICE = "\"device-";
  private static final String TIME = "\"timestamp\": \"";

  private final List<String> latest;
  private final List<PrintWriter> open = new ArrayList<>();

  private PartedData(int parts) {
    latest = new ArrayList<>(Collections.nCopies(parts, ""));
  }

  /** Kept from one run to the next; with one part what is given. */
  static BenchData of(BenchData data, int parts) {
    if (parts == 1) {
      return data;
    }
    Path folder = data.folder().resolveSibling(data.folder().getFileName() + "-parts-" + parts);
    Path end = BenchData.endOf(folder);
    if (!Files.exists(end)) {
      JsonFile.write(end, new PartedData(parts).write(data.folder(), Folder.fresh(folder)));
    }
    return new BenchData(folder, data.rows(), JsonFile.read(end, End.class).closedUs());
  }

  private End write(Path from, Path to) {
    int files = Math.max(LEAST_FILES, BenchData.FILES / latest.size());
    try (var all = Files.list(from)) {
      int file = 0;
      int done = -1;
      for (Path source : all.sorted().toList()) {
        int target = file++ * files / BenchData.FILES;
        if (target > done) {
          begin(to, target);
          done = target;
        }
        share(source);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("sharing out " + from, e);
    } finally {
      open.forEach(PrintWriter::close);
    }
    return End.of(Instant.parse(Collections.min(latest)).getEpochSecond());
  }

  /** Opens the next file of all parts. */
  private void begin(Path folder, int file) throws IOException {
    open.forEach(PrintWriter::close);
    open.clear();
    for (int part = 0; part < latest.size(); part++) {
      Path own = Files.createDirectories(folder.resolve(String.format(Locale.ROOT, "%03d", part)));
      open.add(
          new PrintWriter(
              Files.newBufferedWriter(own.resolve(String.format(Locale.ROOT, "%03d.json", file)))));
    }
  }

  private void share(Path source) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(source)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int part = Integer.parseInt(value(line, DEVICE)) % latest.size();
        String time = value(line, TIME);
        if (time.compareTo(latest.get(part)) > 0) {
          latest.set(part, time);
        }
        open.get(part).append(line).append('\n');
      }
    }
  }

  /** From behind the beginning to the quote that ends it. */
  private static String value(String line, String beginning) {
    int from = line.indexOf(beginning) + beginning.length();
    return line.substring(from, line.indexOf('"', from));
  }
}
