package io.millrace.runtime;

import io.millrace.spi.InputRange;

/**
 * What an epoch is to take in.
 *
 * @param arrivalTimeUs processing time of all its rows
 * @param ranges per source; null for a source without new input and for live sources
 * @param liveRows per source, how many rows to poll; 0 for replayable sources
 */
record EpochPlan(long epoch, long arrivalTimeUs, InputRange[] ranges, long[] liveRows) {}
