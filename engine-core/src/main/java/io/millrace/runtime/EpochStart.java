package io.millrace.runtime;

/**
 * How an epoch began, for its progress report.
 *
 * @param startedUs wall-clock time
 * @param planNs finding the new input
 * @param walNs making the plan safe, if it came first
 * @param runNs when the first row was taken in, in the clock's nanoseconds
 */
record EpochStart(long startedUs, long planNs, long walNs, long runNs) {}
