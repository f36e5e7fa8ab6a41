package io.millrace.gateway.faults;

/** How much the fault programme does; {@code -Dfaults.rounds=200} and the like change it. */
final class Parameters {
  /** Kills. */
  static final int ROUNDS = Integer.getInteger("faults.rounds", 2000);

  /** Kills of queries with live senders. */
  static final int LIVE_ROUNDS = Integer.getInteger("faults.liveRounds", 1000);

  /** Power cuts. */
  static final int CUTS = Integer.getInteger("faults.cuts", 100);

  /** Power cuts of queries with live senders. */
  static final int LIVE_CUTS = Integer.getInteger("faults.liveCuts", 50);

  /** At most so many calls of one kind fail, one in each run. */
  static final int INJECTIONS = Integer.getInteger("faults.injections", 500);

  /** Times that disks become full. */
  static final int FILLS = Integer.getInteger("faults.fills", 80);

  /** Chooses the random moments. */
  static final long SEED = Long.getLong("faults.seed", 20251121);

  private Parameters() {}

  /** A part of a whole that is shared out evenly; the first parts are larger by one if need be. */
  static int share(int whole, int part, int parts) {
    return whole / parts + (part < whole % parts ? 1 : 0);
  }
}
