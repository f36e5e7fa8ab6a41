package io.millrace.perf.bench;

/**
 * How much there is of everything.
 *
 * @param rows of all queries together
 * @param devices the keys
 * @param threads of an engine
 * @param queries at once, each with its own part of the devices
 */
public record Size(long rows, int devices, int threads, int queries) {}
