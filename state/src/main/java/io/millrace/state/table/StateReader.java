package io.millrace.state.table;

import io.millrace.state.offsets.CheckpointInspection;
import io.millrace.state.offsets.Commit;
import io.millrace.state.snapshot.CommittedState;
import io.millrace.state.snapshot.OperatorState;
import io.millrace.state.snapshot.StateVisitor;
import io.millrace.state.storage.Storage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.Block;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.arrow.memory.BufferAllocator;

/** Reads the committed state of a checkpoint, also while its query runs; takes no lock. */
public final class StateReader {
  /** A running query may drop a file between two looks at it; then another look is taken. */
  private static final int LOOKS = 3;

  private final Path checkpoint;
  private final Storage storage;
  private CommittedState state;
  private long watermarkUs;

  private StateReader(Path checkpoint, Storage storage) {
    this.checkpoint = checkpoint;
    this.storage = storage;
    look();
  }

  /**
   * @throws MillraceException {@code PLAN} if there is no checkpoint, or no committed state in it;
   *     {@code CHECKPOINT} if it is damaged
   */
  public static StateReader open(Path checkpoint, Storage storage) {
    return new StateReader(checkpoint, storage);
  }

  private void look() {
    CheckpointInspection found = CheckpointInspection.require(checkpoint, storage);
    found.requireUsable();
    Commit last =
        found.lastCommit().orElseThrow(() -> refusal(": no epoch of its query is committed yet"));
    if (last.stateSequence() == Commit.NO_STATE) {
      throw refusal(": its query keeps no state; one that groups a stream does");
    }
    state = CommittedState.of(checkpoint, storage, last.epoch(), last.stateSequence());
    watermarkUs = last.watermarkUs();
  }

  private MillraceException refusal(String reason) {
    return new MillraceException(ErrorCode.PLAN, "checkpoint " + checkpoint + reason);
  }

  public List<OperatorState> operators() {
    return state.operators();
  }

  /** The commit that the rows of the last call belong to, or those of the next one. */
  public long committedEpoch() {
    return state.epoch();
  }

  /**
   * The number of the operator that is meant.
   *
   * @param number what was asked for; the only one if empty
   * @param allocator for the rows, which an error counts
   * @throws MillraceException {@code PLAN}, listing the operators, if there is none of that number
   */
  public int choose(OptionalInt number, BufferAllocator allocator) {
    if (number.isEmpty() && operators().size() == 1) {
      return 0;
    }
    if (number.isPresent() && number.getAsInt() >= 0 && number.getAsInt() < operators().size()) {
      return number.getAsInt();
    }
    throw new MillraceException(
        ErrorCode.PLAN,
        "checkpoint "
            + checkpoint
            + (number.isPresent()
                ? " has no stateful operator " + number.getAsInt()
                : " has more than one stateful operator, say which")
            + "; there are: "
            + String.join(", ", described(allocator)));
  }

  private List<String> described(BufferAllocator allocator) {
    List<Integer> counts = rowCounts(allocator);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      texts.add(i + " = " + operators().get(i).name() + " (rows: " + counts.get(i) + ")");
    }
    return texts;
  }

  /**
   * How many rows each operator has after the last commit.
   *
   * @throws MillraceException {@code CHECKPOINT} if anything that is needed is damaged
   */
  public List<Integer> rowCounts(BufferAllocator allocator) {
    List<Integer> counts = new ArrayList<>();
    for (int i = 0; i < operators().size(); i++) {
      try (KeyedRows rows = rows(i, allocator)) {
        counts.add(rows.size());
      }
    }
    return counts;
  }

  /**
   * The rows of an operator as they are after the last commit: each key once, in no particular
   * order, without those that the watermark of the commit has passed.
   *
   * @param operator from 0
   * @param allocator of the rows, which the caller closes
   * @throws MillraceException {@code CHECKPOINT} if anything that is needed is damaged
   */
  public KeyedRows rows(int operator, BufferAllocator allocator) {
    for (int look = 1; ; look++) {
      KeyedRows rows = new KeyedRows(allocator, operators().get(operator));
      try {
        state.replay(allocator, new Fold(operator, rows));
        rows.removeOver(watermarkUs);
        return rows;
      } catch (RuntimeException | Error e) {
        rows.close();
        if (look == LOOKS || !isDamage(e)) {
          throw e;
        }
        look();
      }
    }
  }

  private static boolean isDamage(Throwable failure) {
    return failure instanceof MillraceException millrace
        && millrace.code() != ErrorCode.BUG
        && millrace.code() != ErrorCode.DATA;
  }

  private record Fold(int operator, KeyedRows rows) implements StateVisitor {
    @Override
    public void upsert(int of, Block block) {
      if (of == operator) {
        rows.upsert(block);
      }
    }

    @Override
    public void remove(int of, Block keys) {
      if (of == operator) {
        rows.remove(keys);
      }
    }
  }
}
