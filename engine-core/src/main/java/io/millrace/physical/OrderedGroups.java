package io.millrace.physical;

import io.millrace.state.table.OrderedRecords;
import io.millrace.state.table.RecordMerge;
import io.millrace.state.table.RecordVisitor;
import io.millrace.vector.column.RowSelection;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Gives groups that several threads own out in the order in which one thread would. The owners have
 * collected them and wait; their records are read where they are.
 */
public final class OrderedGroups implements AutoCloseable {
  private final List<KeyedPart> parts;
  private final OrderedRecords[] collected;
  private final RecordMerge merge;
  private final Pipeline target;
  private final RowSelection all = new RowSelection();
  private final RecordVisitor emitter = this::emit; // once, not once a batch

  /**
   * @param rows of a block at most
   * @param target takes the groups as rows of its only input
   */
  public OrderedGroups(
      BufferAllocator allocator, int rows, List<KeyedPart> parts, Pipeline target) {
    this.parts = List.copyOf(parts);
    this.collected = new OrderedRecords[parts.size()];
    this.target = target;
    this.merge = new RecordMerge(allocator, collected.length, rows);
  }

  /** Hands on what the owners have collected at the end of a batch. */
  public void giveOut() {
    for (int i = 0; i < collected.length; i++) {
      collected[i] = parts.get(i).collected();
    }
    merge.show(collected, emitter);
  }

  /** All parts' records look alike, so any of them makes rows of any record. */
  private void emit(long records, int count) {
    target.process(
        0, parts.getFirst().groups().gather(records, count), all.set(0, count, RowSelection.ALL));
  }

  @Override
  public void close() {
    merge.close();
  }
}
