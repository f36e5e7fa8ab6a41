package io.millrace.state.offsets;

/**
 * Follows the pieces of memories through a journal: which memory is the newest whole one, and which
 * is being written. One that a crash cut short is followed by another that begins anew.
 */
final class MemoryPieces {
  private boolean begun;
  private int next;
  private long before;
  private long bytes;
  private long wholeBefore;
  private long wholeBytes;

  /**
   * What speaks against a piece here, or null.
   *
   * @param shortened whether the pieces before the first one seen may have been dropped
   */
  String refusal(long sequence, Memory piece, boolean shortened) {
    if (piece.before() < wholeBefore || piece.before() > sequence) {
      return "a memory of the records before " + piece.before() + " does not belong here";
    }
    boolean follows = piece.piece() == next && piece.before() == before;
    return piece.piece() == 0 || (begun ? follows && next > 0 : shortened)
        ? null
        : "piece " + piece.piece() + " of a memory does not follow piece " + (next - 1);
  }

  /**
   * @param sizeBytes what the piece takes in the journal
   */
  void add(Memory piece, long sizeBytes) {
    if (piece.piece() == 0) {
      begun = true;
      before = piece.before();
      bytes = 0;
    } else if (!begun) {
      return;
    }
    next = piece.piece() + 1;
    bytes += sizeBytes;
    if (piece.last()) {
      wholeBefore = before;
      wholeBytes = bytes;
      next = 0;
      bytes = 0;
    }
  }

  /** The newest whole memory stands for the records before this sequence; 0 if there is none. */
  long wholeBefore() {
    return wholeBefore;
  }

  /** What the newest whole memory takes. */
  long wholeBytes() {
    return wholeBytes;
  }

  /** What the pieces of a memory that is not whole yet take. */
  long unfinishedBytes() {
    return bytes;
  }
}
