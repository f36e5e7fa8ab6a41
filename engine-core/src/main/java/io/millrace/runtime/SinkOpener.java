package io.millrace.runtime;

import io.millrace.StreamSpec;
import io.millrace.analysis.ResolvedPlan;
import io.millrace.physical.PhysicalPlan;
import io.millrace.physical.Scope;
import io.millrace.spi.Options;
import io.millrace.spi.Sink;
import io.millrace.spi.SinkContext;
import io.millrace.spi.SinkProvider;
import io.millrace.state.journal.Durability;
import io.millrace.state.storage.Storage;
import io.millrace.types.AnalysisException;
import io.millrace.types.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** Opens a query's sink, and the sinks that its sources send rejects to. */
final class SinkOpener {
  private static final String REJECTS_TO = "rejectsTo";

  private final SessionRuntime session;
  private final EngineSettings settings;
  private final Storage storage;
  private final BufferAllocator allocator;
  private final QueryIdentity identity;

  SinkOpener(
      SessionRuntime session,
      EngineSettings settings,
      Storage storage,
      BufferAllocator allocator,
      QueryIdentity identity) {
    this.session = session;
    this.settings = settings;
    this.storage = storage;
    this.allocator = allocator;
    this.identity = identity;
  }

  Sink open(StreamSpec spec, Schema schema) {
    if (spec.callback().isPresent()) {
      return CallbackSinks.open(spec.callback().get(), schema);
    }
    return openFormat(
        spec.format(),
        spec.options(),
        spec.table().or(spec::queryName),
        spec.partitionBy(),
        schema);
  }

  /**
   * @param table the table's name for the memory sink
   */
  Sink openFormat(
      String format,
      Map<String, String> options,
      Optional<String> table,
      List<String> partitionBy,
      Schema schema) {
    if (format.equalsIgnoreCase(SessionFormats.MEMORY)) {
      String name =
          table
              .or(() -> Optional.ofNullable(options.get("table")))
              .orElseThrow(
                  () ->
                      new AnalysisException(
                          "the memory sink needs a name for its table: set queryName(...)"));
      return new MemoryTableSink(name, session.tableFor(name, schema));
    }
    SinkProvider provider = session.connectors().sink(format);
    Options known = new Options("sink of query " + identity.label() + " (" + format + ")", options);
    known.requireKnown(provider.options());
    return provider.open(
        new SinkContext(
            identity.id(),
            identity.name() == null ? "" : identity.name(),
            schema.requireUniqueNames(),
            known,
            partitionBy,
            settings.journal().durability() == Durability.DISK,
            allocator,
            storage,
            session.crashPoints(),
            session.clock()));
  }

  /**
   * Opens a sink for every source that has the option {@code rejectsTo}, {@code json:rejects/} or
   * {@code memory:bad}, and one for late rows.
   *
   * @param lateRowsTo format and target of the latter
   * @return per input of the plan, null where rejects are only counted; behind them the one for
   *     late rows, or null
   */
  Sink[] openSideSinks(PhysicalPlan plan, Optional<String> lateRowsTo) {
    List<ResolvedPlan> inputs = plan.inputs();
    Sink[] sinks = new Sink[inputs.size() + 1];
    Map<String, Integer> users = new HashMap<>();
    Scope scope = new Scope();
    try {
      for (int i = 0; i < inputs.size(); i++) {
        if (inputs.get(i) instanceof ResolvedPlan.Scan scan) {
          String target = rejectsTo(scan);
          if (target != null) {
            if (users.put(target, i) != null) {
              throw new AnalysisException(
                  REJECTS_TO + " " + target + ": two sources of one query need different targets");
            }
            String owner = "source " + scan.scan().name() + ": option " + REJECTS_TO;
            sinks[i] = scope.own(openSideSink(owner, target, RejectRecorder.SCHEMA));
          }
        }
      }
      if (lateRowsTo.isPresent()) {
        if (users.containsKey(lateRowsTo.get())) {
          throw new AnalysisException(
              "lateRowsTo " + lateRowsTo.get() + ": rejects go there; choose another target");
        }
        sinks[inputs.size()] =
            scope.own(openSideSink("option lateRowsTo", lateRowsTo.get(), LateRowRecorder.SCHEMA));
      }
      scope.keep();
      return sinks;
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  private static String rejectsTo(ResolvedPlan.Scan scan) {
    return new Options("source " + scan.scan().name(), scan.scan().options())
        .get(REJECTS_TO)
        .orElse(null);
  }

  private Sink openSideSink(String option, String target, Schema schema) {
    int colon = target.indexOf(':');
    if (colon <= 0 || colon == target.length() - 1) {
      throw new AnalysisException(
          option
              + " is "
              + target
              + ", it must be format:target, for example json:rejects/ or memory:bad");
    }
    String format = target.substring(0, colon).toLowerCase(Locale.ROOT);
    String where = target.substring(colon + 1);
    return openFormat(format, sideOptions(format, where), Optional.of(where), List.of(), schema);
  }

  /**
   * Such rows are added to what is there: several queries, and runs without a checkpoint, may share
   * a target.
   */
  private Map<String, String> sideOptions(String format, String where) {
    Map<String, String> options = new HashMap<>(Map.of("path", where));
    if (!format.equals(SessionFormats.MEMORY)
        && session.connectors().sink(format).options().contains("mode")) {
      options.put("mode", "append");
    }
    return options;
  }
}
