package io.millrace.perf.job;

import io.millrace.perf.machine.ProcFile;
import io.millrace.perf.machine.ResourceUse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an engine's program is to do, as its command line says in words {@code name=value}.
 *
 * <p>{@code result}: file for the figures; {@code workload}: its name; {@code readings}: folder of
 * the input, where each folder in it is for a query of its own; {@code input}: {@code json} or
 * {@code memory}, see {@link Input}; {@code work}: folder for the program's own files; {@code
 * checkpoint}: whether the engine is to keep one; {@code mode}: of the engine; {@code parallelism};
 * {@code passes}: how often the whole input is read at least, each time by a new query; {@code
 * warmUpSeconds}: have gone by when the last pass begins; {@code closedUs}: windows that end later
 * do not count; {@code rows}: file for the first pass's rows, if there is to be one.
 */
public final class Job {
  /** How far the watermark stays behind, so that no reading is too late. */
  public static final int DELAY_SECONDS = 30;

  private final Map<String, String> words;

  /** One pass over all readings. */
  @FunctionalInterface
  public interface Pass {
    /** What comes before the measured time. */
    default void prepare() throws Exception {}

    /**
     * @param place an empty folder
     * @return what still adds to the answer, and is not measured
     */
    Runnable run(Path place) throws Exception;
  }

  public Job(String[] arguments) {
    words = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      words.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
  }

  private Job(Job all, Path readings, int parallelism) {
    words = new HashMap<>(all.words);
    words.put("readings", readings.toString());
    words.put("parallelism", Integer.toString(parallelism));
  }

  /**
   * The queries that are to run at once, each as a job of its own, which gets its share of the
   * parallelism, and 1 at least.
   */
  public List<Job> queries() throws IOException {
    try (var all = Files.list(readings())) {
      List<Path> folders = all.filter(Files::isDirectory).sorted().toList();
      int share = Math.max(1, parallelism() / Math.max(1, folders.size()));
      return folders.isEmpty()
          ? List.of(this)
          : folders.stream().map(folder -> new Job(this, folder, share)).toList();
    }
  }

  /** A query's own folder in a pass's. */
  public Path place(Path pass) {
    return pass.resolve(readings().getFileName());
  }

  private String word(String name) {
    String value = words.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + "=... is missing");
    }
    return value;
  }

  public String workload() {
    return word("workload");
  }

  public String mode() {
    return word("mode");
  }

  public Path readings() {
    return Path.of(word("readings"));
  }

  public Input input() {
    return Input.valueOf(word("input").toUpperCase(Locale.ROOT));
  }

  /** The files of readings, in order. */
  public List<Path> files() throws IOException {
    try (var all = Files.list(readings())) {
      return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  public boolean checkpoint() {
    return Boolean.parseBoolean(word("checkpoint"));
  }

  public int parallelism() {
    return Integer.parseInt(word("parallelism"));
  }

  /** Runs all passes, writes the figures and ends the program. */
  public void run(Pass pass) throws Exception {
    List<String> figures = new ArrayList<>();
    int passes = Integer.parseInt(word("passes"));
    long warmNs = System.nanoTime() + (long) (1e9 * Double.parseDouble(word("warmUpSeconds")));
    boolean warm = false;
    for (int i = 0; i < passes || !warm; i++) {
      Path place = Files.createTempDirectory(Path.of(word("work")), "pass");
      Path rows = i == 0 && words.containsKey("rows") ? Path.of(word("rows")) : null;
      pass.prepare();
      Answer.begin(Long.parseLong(word("closedUs")), rows);
      ResourceUse before = ResourceUse.now();
      long startNs = System.nanoTime();
      warm = startNs >= warmNs;
      Runnable rest = pass.run(place);
      double seconds = (System.nanoTime() - startNs) / 1e9;
      double sinceStart = secondsSinceStart();
      ResourceUse use = ResourceUse.now().since(before);
      rest.run();
      figures.add(json(seconds, sinceStart, use, Answer.end()));
    }
    Files.writeString(
        Path.of(word("result")),
        String.format(
            Locale.ROOT,
            "{\"passes\":[%s],\"peakResidentBytes\":%d}%n",
            String.join(",", figures),
            ProcFile.ownPeakResidentBytes()));
    Runtime.getRuntime().halt(0); // whatever the engine still does
  }

  private static double secondsSinceStart() {
    long startMs = ManagementFactory.getRuntimeMXBean().getStartTime();
    return (System.currentTimeMillis() - startMs) / 1e3;
  }

  private static String json(double seconds, double sinceStart, ResourceUse use, String answer) {
    return String.format(
        Locale.ROOT,
        "{\"seconds\":%.6f,\"secondsSinceStart\":%.3f,\"use\":{\"cpuSeconds\":%.3f,"
            + "\"allocatedBytes\":%d,\"gcCount\":%d,\"gcMillis\":%d},\"answer\":%s}",
        seconds,
        sinceStart,
        use.cpuSeconds(),
        use.allocatedBytes(),
        use.gcCount(),
        use.gcMillis(),
        answer);
  }
}
