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
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Reads the committed state of a checkpoint, also while its query runs; takes no lock. */
public final class StateReader {
  /** A running query may drop a file between two looks at it; then another look is taken. */
  private static final int LOOKS = 3;

  private final Path checkpoint;
  private final Storage storage;
  private final BufferAllocator allocator;
  private CommittedState state;

  private StateReader(Path checkpoint, Storage storage, BufferAllocator allocator) {
    this.checkpoint = checkpoint;
    this.storage = storage;
    this.allocator = allocator;
    this.state = look();
  }

  /**
   * @throws MillraceException {@code CHECKPOINT} if there is no checkpoint with committed state, or
   *     it is damaged
   */
  public static StateReader open(Path checkpoint, Storage storage, BufferAllocator allocator) {
    return new StateReader(checkpoint, storage, allocator);
  }

  private CommittedState look() {
    CheckpointInspection found =
        CheckpointInspection.of(checkpoint, storage)
            .orElseThrow(() -> refusal("there is no checkpoint in " + checkpoint));
    if (!found.isUsable()) {
      throw refusal(
          "checkpoint "
              + checkpoint
              + " is damaged; `millrace checkpoint verify "
              + checkpoint
              + "` lists what is readable");
    }
    Commit last =
        found
            .lastCommit()
            .orElseThrow(() -> refusal("checkpoint " + checkpoint + " has no commit yet"));
    return CommittedState.of(checkpoint, storage, last.epoch(), last.stateSequence());
  }

  private static MillraceException refusal(String message) {
    return new MillraceException(ErrorCode.CHECKPOINT, message);
  }

  public List<OperatorState> operators() {
    return state.operators();
  }

  /** The commit that the rows of the last {@link #read} belong to, or those of the next one. */
  public long committedEpoch() {
    return state.epoch();
  }

  /**
   * Shows the rows of an operator as they are after the last commit, each key once, in no
   * particular order, by {@link StateVisitor#upsert} alone. What a watermark evicts needs no change
   * to be written, so it may still be there.
   *
   * @throws MillraceException {@code PLAN} if there is no such operator; {@code CHECKPOINT} if
   *     anything that is needed is damaged, before a row is shown
   */
  public void read(int operator, StateVisitor visitor) {
    if (operator < 0 || operator >= operators().size()) {
      throw new MillraceException(
          ErrorCode.PLAN,
          "checkpoint "
              + checkpoint
              + " has no stateful operator "
              + operator
              + "; it has "
              + operators().size()
              + ", counted from 0");
    }
    try (KeyedRows rows = fold(operator)) {
      rows.read(block -> visitor.upsert(operator, block));
    }
  }

  private KeyedRows fold(int operator) {
    for (int look = 1; ; look++) {
      KeyedRows rows = new KeyedRows(allocator, operators().get(operator));
      try {
        state.replay(allocator, new Fold(operator, rows));
        return rows;
      } catch (RuntimeException | Error e) {
        rows.close();
        if (look == LOOKS || !isDamage(e)) {
          throw e;
        }
        state = look();
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
