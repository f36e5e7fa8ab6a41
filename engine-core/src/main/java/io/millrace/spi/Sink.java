package io.millrace.spi;

/** An output of a running query; all calls come from one thread. */
public interface Sink extends AutoCloseable {
  /** In the place of a plan's checksum: the epoch's plan is written when the epoch ends. */
  int UNPLANNED = 0;

  /** What the sink does with an epoch that runs again after a crash. */
  enum Delivery {
    /** It knows the epochs it has committed and skips them. */
    IDEMPOTENT_BY_EPOCH,
    /** It knows the last row it took and skips up to there. */
    RESUMABLE_BY_ROW,
    /** It takes the rows again. */
    AT_LEAST_ONCE
  }

  Delivery delivery();

  /** For progress and explain, without secrets. */
  String description();

  /**
   * The last row that the sink has: rows up to there do not come again. Asked once, before the
   * first epoch, of a sink that is {@link Delivery#RESUMABLE_BY_ROW}.
   */
  default RowPosition resumeFrom() {
    return RowPosition.START;
  }

  /**
   * Begins an epoch, also one that an earlier run began and did not finish.
   *
   * @param planChecksum of the epoch's plan; {@link #UNPLANNED} while it is not known yet, in which
   *     case nothing can have committed the epoch
   * @return false if the sink has committed this epoch already: no rows follow, only {@link
   *     #commit}
   * @throws io.millrace.types.MillraceException with code CHECKPOINT if it was committed under
   *     another plan
   */
  boolean begin(long epoch, int planChecksum);

  /**
   * The plan of the epoch at hand, which began {@link #UNPLANNED}, is safe now: {@link #commit}
   * follows.
   */
  default void planned(int planChecksum) {}

  /** Takes rows; they are borrowed. */
  void write(RowBatch rows);

  /**
   * Makes the epoch's rows visible and, if asked for, safe.
   *
   * @return the receipt that goes into the checkpoint; may be empty
   */
  String commit(long epoch);

  /** Gives everything back; rows of an uncommitted epoch are dropped. */
  @Override
  void close();
}
