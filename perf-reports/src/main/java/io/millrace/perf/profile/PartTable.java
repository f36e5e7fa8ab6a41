package io.millrace.perf.profile;

import java.util.List;
import java.util.Optional;

/**
 * Which part of the engine code belongs to, by how {@code class.method} begins; of the engine's own
 * without its package.
 */
final class PartTable {
  private record Entry(Part part, List<String> beginnings) {
    static Entry of(Part part, String... beginnings) {
      return new Entry(part, List.of(beginnings));
    }

    boolean holds(String method) {
      return beginnings.stream().anyMatch(beginning -> method.startsWith(beginning));
    }
  }

  private static final String ENGINE = "io.millrace.";

  /** What these call is part of their work, wherever it stands; the first line wins. */
  private static final List<Entry> OWNERS =
      List.of(
          Entry.of(
              Part.SINK,
              "perf.job.Answer",
              "perf.bench.AlertsSink",
              "perf.bench.WindowsSink",
              "perf.bench.ReadingsSink",
              "perf.bench.ArrowColumns"),
          Entry.of(
              Part.STATE,
              "state.batch.",
              "state.journal.",
              "state.offsets.",
              "state.snapshot.",
              "runtime.CheckpointLog",
              "runtime.QueryCheckpoint"),
          Entry.of(
              Part.CLOSING,
              "physical.GroupStage.endOfBatch",
              "physical.SessionStage.endOfBatch",
              "physical.KeyedPart.collect",
              "physical.KeyedPart.endBatch",
              "physical.OrderedGroups",
              "runtime.ArrowFunctionSink",
              "runtime.CallbackSink",
              "runtime.SinkDriver",
              "runtime.SinkStage"),
          Entry.of(Part.DECODING, "connectors.files.json.", "vector.json."),
          Entry.of(Part.READING, "connectors.files."));

  /** For the innermost frame that stands here; the first line wins. */
  private static final List<Entry> CODE =
      List.of(
          Entry.of(
              Part.GROUPING,
              "physical.ExchangeStage",
              "physical.GroupStage",
              "physical.KeyedPart",
              "physical.KeyedStage",
              "physical.SessionStage",
              "state.table.",
              "vector.aggregate.",
              "vector.group.",
              "vector.hash."),
          Entry.of(
              Part.START, "physical.PhysicalPlan", "physical.Pipeline", "physical.StageBuilder"),
          Entry.of(
              Part.KERNELS,
              "physical.",
              "vector.cast.",
              "vector.filter.",
              "vector.gather.",
              "vector.project.",
              "vector.time."),
          Entry.of(Part.STATE, "state."),
          Entry.of(
              Part.READING,
              "runtime.BufferedSource",
              "runtime.SourceDriver",
              "runtime.MicroBatchPlanner"),
          Entry.of(
              Part.HAND_OVER,
              "runtime.FrontRole",
              "runtime.FusedTransport",
              "runtime.KeyedRole",
              "runtime.LastRole",
              "runtime.ParkingWait",
              "runtime.QueryLoop",
              "runtime.Ring",
              "runtime.Sequencer",
              "runtime.StageRole",
              "runtime.StateRouter",
              "com.lmax.disruptor."),
          Entry.of(
              Part.START,
              "analysis.",
              "plan.",
              "sql.",
              "runtime.QueryAssembly",
              "runtime.QueryStarter",
              "runtime.SessionRuntime",
              "runtime.TransportBuilder",
              "DataFrame",
              "DataStream",
              "perf.bench.MillraceJob"));

  /** For stacks that end before their caller is known. */
  private static final List<Entry> REST = List.of(Entry.of(Part.KERNELS, "vector."));

  private PartTable() {}

  /**
   * @param methods a stack as {@code class.method}, the innermost first
   */
  static Part of(List<String> methods) {
    return first(OWNERS, methods)
        .or(() -> first(CODE, methods))
        .or(() -> first(REST, methods))
        .orElse(Part.OTHER);
  }

  private static Optional<Part> first(List<Entry> entries, List<String> methods) {
    return methods.stream()
        .map(method -> method.startsWith(ENGINE) ? method.substring(ENGINE.length()) : method)
        .flatMap(method -> entries.stream().filter(entry -> entry.holds(method)))
        .map(Entry::part)
        .findFirst();
  }
}
