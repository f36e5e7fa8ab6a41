package io.millrace.state.table;

import io.millrace.state.snapshot.OperatorState;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import java.util.Optional;

/**
 * What an operator keeps by key from batch to batch. It can be shown as rows, and taken back from
 * rows; between batches only.
 */
public interface KeyedState extends AutoCloseable {
  /** Columns of saved rows, the keys first. */
  Schema stateSchema();

  /** How many columns of saved rows are keys. */
  int stateKeys();

  /** Whether a key has a say in who owns a saved row. */
  default boolean isPlacedBy(int key) {
    return true;
  }

  /** When a watermark has passed a saved row; empty if it never does. */
  Optional<OperatorState.Closing> stateClosing();

  /** Shows rows that were added or changed since the last call, and forgets that they were. */
  void changes(BlockVisitor upserts, BlockVisitor removals);

  /**
   * Sets aside what {@link #changes} would show now, for {@link #gather}; what changes from now on
   * belongs to the next time. Removals are shown in this call, rows cost no time in it.
   *
   * @param upserts is shown rows as they are now: in this call, in {@link #gather}, or from within
   *     a batch before one of them changes. Blocks are borrowed for the time of the call
   */
  void setAside(BlockVisitor upserts, BlockVisitor removals);

  /**
   * Shows some of what was set aside.
   *
   * @param maxRows about so many
   * @return whether nothing is left
   */
  boolean gather(int maxRows);

  /** Forgets what changed since the last call of {@link #changes}: nobody writes it down. */
  void forgetChanges();

  /** Shows all rows. */
  void snapshot(BlockVisitor rows);

  /** Takes saved rows, dense; a row replaces an earlier one of the same keys. */
  void load(Block rows);

  /** Takes away saved rows by their keys. */
  void unload(Block keys);

  /** All saved rows are there; what was over at that watermark is forgotten. */
  void loaded(long watermarkUs);

  /** A number that no row has that the saved rows speak of. */
  long nextRow();

  /** How many rows it keeps. */
  int size();

  long memoryBytes();

  /** The watermark at which something is over next; {@link Long#MAX_VALUE} if nothing will be. */
  long nextClosingUs();

  @Override
  void close();
}
