package io.millrace.gateway.architecture.violating;

/** Stands for the public API. */
public final class DataFrame {}
