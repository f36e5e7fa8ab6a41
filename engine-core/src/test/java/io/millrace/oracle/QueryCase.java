package io.millrace.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A query, its input batch by batch, and how it is run.
 *
 * @param checkpoint whether there is one, and so restarts
 */
record QueryCase(long seed, QuerySpec query, boolean checkpoint, List<Batch> batches) {
  /**
   * A batch and what happens with it.
   *
   * @param inputs rows per input; null where that input has no batch in this one
   * @param settings of the session that begins with this batch; empty if none does
   * @param waits whether the engine is not told of it before the next one is there
   * @param failingRow the output row at which the sink fails, once; -1 if it does not
   */
  record Batch(
      List<List<List<Object>>> inputs,
      Map<String, Object> settings,
      boolean waits,
      int failingRow) {

    boolean hasAll() {
      return !inputs.contains(null);
    }
  }

  static QueryCase of(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    QuerySpec query = new RandomQuery(random).next();
    boolean checkpoint = random.nextBoolean();
    List<RandomRows> rows = new ArrayList<>();
    for (int i = 0; i < query.inputs(); i++) {
      rows.add(new RandomRows(query.schema(), random));
    }
    int largest = 1 + random.nextInt(random.nextInt(4) == 0 ? 150 : 30);
    int count = 1 + random.nextInt(6);
    boolean aligned = random.nextBoolean();
    String journal = random.nextInt(40) == 0 ? "chronicle" : "file";
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean starts = i == 0 || checkpoint && random.nextInt(5) == 0;
      batches.add(
          new Batch(
              inputs(rows, largest, aligned, random),
              starts ? settings(query, journal, query.inputs() == 1 || aligned, random) : Map.of(),
              random.nextInt(4) == 0,
              checkpoint && random.nextInt(15) == 0 ? random.nextInt(4) : -1));
    }
    return new QueryCase(seed, query, checkpoint, batches);
  }

  private static List<List<List<Object>>> inputs(
      List<RandomRows> rows, int largest, boolean aligned, Random random) {
    List<List<List<Object>>> inputs = new ArrayList<>();
    for (RandomRows input : rows) {
      boolean absent = !aligned && random.nextInt(6) == 0;
      inputs.add(absent ? null : input.next(random.nextInt(largest)));
    }
    if (inputs.stream().allMatch(input -> input == null)) {
      inputs.set(0, List.of());
    }
    return inputs;
  }

  private static Map<String, Object> settings(
      QuerySpec query, String journal, boolean mayHaveThreads, Random random) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("millrace.parallelism", 1 << random.nextInt(3));
    settings.put("millrace.blockRows", random.nextInt(100) == 0 ? 8192 : 64 + random.nextInt(70));
    boolean threads = mayHaveThreads && random.nextInt(4) == 0;
    settings.put("millrace.execution", threads ? "staged" : "fused");
    settings.put("millrace.ansi", false);
    settings.put("millrace.watermarkPolicy", query.minimum() ? "min" : "max");
    settings.put("millrace.journal", journal);
    settings.put("millrace.journal.blockSize", "64k");
    settings.put("millrace.durability", "process");
    settings.put("millrace.diskReserve", 0);
    settings.put("millrace.snapshot.deltas", 1 + random.nextInt(3));
    settings.put("millrace.snapshot.minBytes", 1);
    settings.put(
        "millrace.snapshot.compression", List.of("none", "lz4", "zstd").get(random.nextInt(3)));
    return settings;
  }
}
