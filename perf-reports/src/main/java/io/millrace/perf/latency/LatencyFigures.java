package io.millrace.perf.latency;

import io.millrace.perf.journals.AppendCost;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import io.millrace.perf.pace.Work;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that was measured of latency, as it is published.
 *
 * @param hops of a number through a ring, the least that a change of threads costs
 * @param latencies from an application's thread to the callback
 * @param windows from the moment at which a window could close to the callback
 * @param forces of a journal, to compare durability {@code disk} with
 * @param rates of one core
 * @param idle of a query that parks
 * @param steady one long run, if there was one
 */
public record LatencyFigures(
    String date,
    Commit commit,
    Machine machine,
    Settings settings,
    List<RingHop.Figures> hops,
    List<InletLatency.Figures> latencies,
    List<InletLatency.Figures> windows,
    List<AppendCost.Figures> forces,
    List<InletRate.Figures> rates,
    List<IdleQuery.Figures> idle,
    List<InletLatency.Figures> steady,
    List<PeerRun.Figures> peers) {

  /**
   * How long and how often.
   *
   * @param rates rows per second
   * @param peers engines beside Millrace
   * @param runs JVMs of each measurement; with 0 there is only the long run
   * @param warmUpSeconds of each
   * @param seconds of each latency and rate
   * @param windowSeconds of each delay of windows, one a second
   * @param steadySeconds of the long run; with 0 there is none
   */
  public record Settings(
      List<Long> rates,
      List<String> peers,
      int runs,
      double warmUpSeconds,
      double seconds,
      double windowSeconds,
      double steadySeconds) {
    private static final long LEAST_STATEFUL_RATE = 10_000;
    private static final long MOST_STATEFUL_RATE = 100_000;

    /** Those at which state is kept as well. */
    public List<Long> statefulRates() {
      return rates.stream()
          .filter(rate -> rate >= LEAST_STATEFUL_RATE && rate <= MOST_STATEFUL_RATE)
          .toList();
    }
  }

  /** Rows per second at which that was measured. */
  public List<Long> rates(Work work) {
    return Stream.of(latencies, windows, steady)
        .flatMap(List::stream)
        .filter(run -> run.work() == work)
        .map(InletLatency.Figures::rowsPerSecond)
        .distinct()
        .sorted()
        .toList();
  }

  public List<RingHop.Figures> hops(long rate) {
    return hops.stream().filter(hop -> hop.rowsPerSecond() == rate).toList();
  }

  /** Millrace's, without the long run. */
  public List<InletLatency.Figures> own(Work work, long rate) {
    return Stream.of(latencies, windows)
        .flatMap(List::stream)
        .filter(run -> run.work() == work && run.rowsPerSecond() == rate)
        .toList();
  }

  public List<InletLatency.Figures> steady(Work work, long rate) {
    return steady.stream()
        .filter(run -> run.work() == work && run.rowsPerSecond() == rate)
        .toList();
  }

  public List<PeerRun.Figures> peers(Work work, long rate) {
    return peers.stream().filter(run -> run.work() == work && run.rowsPerSecond() == rate).toList();
  }
}
