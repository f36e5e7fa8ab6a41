package io.millrace.state.offsets;

import java.util.List;

/**
 * A piece of what sources must still know of the records before a place in the journal, so that
 * those can go. It stands between a commit and the next plan.
 *
 * @param epoch the newest one that was committed when the piece was written
 * @param before sequence of the first record that must stay
 * @param piece counted from 0
 * @param last whether the memory is whole with this piece
 * @param ranges as in a plan; empty for the sources of which it says nothing
 */
record Memory(long epoch, long before, int piece, boolean last, List<String> ranges) {
  Memory {
    ranges = List.copyOf(ranges);
  }
}
