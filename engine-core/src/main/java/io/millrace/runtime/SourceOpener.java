package io.millrace.runtime;

import io.millrace.analysis.ResolvedPlan;
import io.millrace.physical.PhysicalPlan;
import io.millrace.physical.PushedFilters;
import io.millrace.physical.Scope;
import io.millrace.spi.LiveSources;
import io.millrace.spi.Options;
import io.millrace.spi.Source;
import io.millrace.spi.SourceContext;
import io.millrace.state.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Opens the sources of a plan: those of the session by their names in it, all others through their
 * providers.
 */
final class SourceOpener {
  private final SessionRuntime session;
  private final EngineSettings settings;
  private final Storage storage;
  private final BufferAllocator allocator;

  SourceOpener(
      SessionRuntime session, EngineSettings settings, Storage storage, BufferAllocator allocator) {
    this.session = session;
    this.settings = settings;
    this.storage = storage;
    this.allocator = allocator;
  }

  static boolean isInlet(ResolvedPlan.Scan scan) {
    return SessionFormats.INLET.equals(scan.scan().format());
  }

  /**
   * Opens all inputs, in the plan's order; on failure none stays open.
   *
   * @param streaming whether sources go on after what is there now
   * @param checkpoint the query's; empty if it has none
   */
  List<SourceDriver> open(
      PhysicalPlan plan, boolean streaming, Optional<QueryCheckpoint> checkpoint) {
    Scope scope = new Scope();
    List<SourceDriver> drivers = new ArrayList<>();
    try {
      for (ResolvedPlan input : plan.inputs()) {
        String name = input instanceof ResolvedPlan.Scan scan ? scan.scan().name() : "rows";
        Source source = scope.own(open(input, streaming, checkpoint));
        drivers.add(
            new SourceDriver(
                drivers.size(),
                name,
                source,
                input.schema(),
                allocator,
                settings.sizes(),
                session.simulation().orElse(null)));
      }
      scope.keep();
      return drivers;
    } catch (RuntimeException | Error e) {
      scope.close(e);
      throw e;
    }
  }

  private Source open(ResolvedPlan input, boolean streaming, Optional<QueryCheckpoint> checkpoint) {
    if (input instanceof ResolvedPlan.LocalRows rows) {
      return RowListSource.of(rows.schema(), rows.rows());
    }
    ResolvedPlan.Scan scan = (ResolvedPlan.Scan) input;
    int[] columns = scan.columns().stream().mapToInt(Integer::intValue).toArray();
    return switch (scan.scan().format()) {
      case SessionFormats.INLET ->
          new InletSource(
              session.inlet(scan.scan().name()),
              columns,
              checkpoint,
              session.simulation().orElse(null));
      case SessionFormats.MEMORY_STREAM -> {
        int number = Integer.parseInt(scan.scan().options().get(SessionFormats.NUMBER));
        yield new RowListSource(
            "MemoryStream[" + number + "]", columns, session.memoryStream(number));
      }
      default ->
          session
              .connectors()
              .source(scan.scan().format())
              .open(
                  new SourceContext(
                      scan.scan().name(),
                      scan.full(),
                      columns,
                      PushedFilters.of(scan.filters()),
                      options(scan),
                      streaming && scan.scan().streaming(),
                      allocator,
                      storage,
                      session.clock(),
                      liveSources(scan.scan().name())));
    };
  }

  private LiveSources liveSources(String name) {
    return (input, schema, capacityRows) ->
        new BufferedSource(name, input, schema, capacityRows, allocator);
  }

  private static Options options(ResolvedPlan.Scan scan) {
    return new Options(
        "source " + scan.scan().name() + " (" + scan.scan().format() + ")",
        scan.scan().connectorOptions());
  }
}
