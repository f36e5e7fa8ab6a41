package io.millrace.runtime;

/** One wait for room on a disk, as people see it. */
final class DiskPause {
  private final String problem;
  private final long reserveBytes;
  private final boolean inEpoch;
  private volatile long usableBytes;

  /**
   * @param problem starts with the path
   * @param inEpoch whether an epoch runs and waits, or the next one does not begin
   */
  DiskPause(String problem, long usableBytes, long reserveBytes, boolean inEpoch) {
    this.problem = problem;
    this.usableBytes = usableBytes;
    this.reserveBytes = reserveBytes;
    this.inEpoch = inEpoch;
  }

  boolean inEpoch() {
    return inEpoch;
  }

  /** Notes what a later look at the disk found. */
  void usableBytes(long bytes) {
    usableBytes = bytes;
  }

  String message() {
    return "PAUSED_DISK_FULL: "
        + problem
        + "; "
        + usableBytes
        + " bytes are usable there, millrace.diskReserve is "
        + reserveBytes
        + "; the query goes on by itself when there is room";
  }
}
