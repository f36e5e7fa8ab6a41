package io.millrace.perf.bench;

/** An engine in one of its modes. */
record Entrant(Engine engine, String mode) {
  static final Entrant MILLRACE = new Entrant(Engine.MILLRACE, Engine.MILLRACE.modes().getFirst());

  @Override
  public String toString() {
    return engine.id() + " " + mode;
  }
}
