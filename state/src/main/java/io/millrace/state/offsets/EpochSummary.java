package io.millrace.state.offsets;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the records of an offsets journal come to.
 *
 * <p>A source's last range is that of the newest plan that reads from it; where no such plan was
 * kept, what the newest memory says.
 */
final class EpochSummary implements EpochRecords {
  private final MemoryPieces memory;
  private final List<String> planned = new ArrayList<>();
  private final List<String> remembered = new ArrayList<>();
  private long firstEpoch = -1;
  private long lastPlanned = -1;

  /**
   * @param memory takes the pieces
   */
  EpochSummary(MemoryPieces memory) {
    this.memory = memory;
  }

  @Override
  public void planned(long sequence, Plan plan, int payloadBytes) {
    if (firstEpoch < 0) {
      firstEpoch = plan.epoch();
    }
    lastPlanned = plan.epoch();
    replace(planned, plan.ranges());
  }

  @Override
  public void committed(long sequence, Commit commit, int payloadBytes) {
    // What stands in it, the history keeps.
  }

  @Override
  public void remembered(long sequence, Memory piece, int payloadBytes) {
    memory.add(piece, payloadBytes);
    replace(remembered, piece.ranges());
  }

  private static void replace(List<String> old, List<String> ranges) {
    for (int i = 0; i < ranges.size(); i++) {
      if (i == old.size()) {
        old.add("");
      }
      if (!ranges.get(i).isEmpty()) {
        old.set(i, ranges.get(i).lines().reduce((before, last) -> last).orElseThrow());
      }
    }
  }

  /** Of the oldest plan that is there. */
  OptionalLong firstEpoch() {
    return epoch(firstEpoch);
  }

  OptionalLong lastPlanned() {
    return epoch(lastPlanned);
  }

  private static OptionalLong epoch(long number) {
    return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
  }

  /** Per source the newest range, in a form of the source's own; empty if it never had one. */
  List<String> lastRanges() {
    List<String> last = new ArrayList<>(remembered);
    replace(last, planned);
    return last;
  }
}
