package io.millrace.gateway.architecture.violating.gateway;

/** Something of the highest module. */
public final class Program {}
