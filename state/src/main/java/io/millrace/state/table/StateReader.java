package io.millrace.state.table;

import io.millrace.state.snapshot.OperatorState;
import io.millrace.state.snapshot.StateVisitor;
import io.millrace.state.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** Reads the committed state of a checkpoint, also while its query runs; takes no lock. */
public final class StateReader {
  private StateReader() {}

  /**
   * @throws io.millrace.types.MillraceException {@code CHECKPOINT} if there is no checkpoint with
   *     state, or it is damaged
   */
  public static StateReader open(Path checkpoint, Storage storage, BufferAllocator allocator) {
    throw new UnsupportedOperationException();
  }

  public List<OperatorState> operators() {
    throw new UnsupportedOperationException();
  }

  /** The last commit that the rows belong to; -1 if there is none. */
  public long committedEpoch() {
    throw new UnsupportedOperationException();
  }

  /**
   * Shows the rows of an operator as they are after the last commit, each key once, in no
   * particular order, by {@link StateVisitor#upsert} alone. What a watermark evicts needs no change
   * to be written, so it may still be there.
   */
  public void read(int operator, StateVisitor visitor) {
    throw new UnsupportedOperationException();
  }
}
