package io.millrace.gateway.architecture.violating.sql;

/** Something of the highest layer. */
public final class Parser {}
