package io.millrace.runtime;

/**
 * Where an epoch's time went.
 *
 * @param startedUs wall-clock time of its start
 * @param planNs finding the new input
 * @param walNs making the plan safe
 * @param runNs from the first row until the sink has committed
 * @param commitNs making the commit safe and acknowledging sources
 */
record EpochTimes(long startedUs, long planNs, long walNs, long runNs, long commitNs) {
  long totalNs() {
    return planNs + walNs + runNs + commitNs;
  }
}
