package io.millrace.perf.latency;

import io.millrace.perf.journals.AppendCost;
import io.millrace.perf.machine.Commit;
import io.millrace.perf.machine.Machine;
import java.util.List;

/**
 * All that was measured of latency, as it is published.
 *
 * @param hops of a number through a ring, the least that a change of threads costs
 * @param latencies from an application's thread to the callback
 * @param windows from the moment at which a window could close to the callback
 * @param forces of a journal, to compare durability {@code disk} with
 * @param rates of one core
 * @param idle of a query that parks
 * @param steady one long run
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
   * @param runs JVMs of each measurement
   * @param warmUpSeconds of each
   * @param seconds of each latency and rate
   * @param windowSeconds of each delay of windows, one a second
   * @param steadySeconds of the long run
   */
  public record Settings(
      int runs, double warmUpSeconds, double seconds, double windowSeconds, double steadySeconds) {}
}
