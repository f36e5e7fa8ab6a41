package io.millrace.runtime;

/**
 * Names of inputs that live in the session instead of behind a provider, as they stand in a plan's
 * scans.
 */
public final class SessionFormats {
  /** The scan's name is the inlet's. */
  public static final String INLET = "inlet";

  /** The option {@link #NUMBER} is the memory stream's. */
  public static final String MEMORY_STREAM = "memory-stream";

  public static final String NUMBER = "number";

  /** The sink that writes a table of the session. */
  public static final String MEMORY = "memory";

  private SessionFormats() {}
}
