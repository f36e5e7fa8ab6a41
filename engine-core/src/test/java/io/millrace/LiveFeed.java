package io.millrace;

import io.millrace.spi.LiveSource;
import io.millrace.spi.Options;
import io.millrace.spi.RowBatch;
import io.millrace.spi.Source;
import io.millrace.spi.SourceContext;
import io.millrace.spi.SourceProvider;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.BlockAppender;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Format {@code feed}: what some {@link Sender}s have sent, taken from one after the other. */
public final class LiveFeed implements SourceProvider {
  private static final String NAME = "name";
  private static final int BLOCK_ROWS = 64;
  private static final Map<String, List<Sender>> FEEDS = new ConcurrentHashMap<>();

  /** A streaming frame over senders. */
  static DataFrame frame(Session session, String name, Schema schema, List<Sender> senders) {
    FEEDS.put(name, senders);
    return session.readStream().format("feed").schema(schema).option(NAME, name).load();
  }

  static void forget(String name) {
    FEEDS.remove(name);
  }

  @Override
  public String format() {
    return "feed";
  }

  @Override
  public Set<String> options() {
    return Set.of(NAME);
  }

  @Override
  public Schema schema(Optional<Schema> requested, Options options) {
    return requested.orElseThrow();
  }

  @Override
  public Source open(SourceContext context) {
    return new Feed(context, FEEDS.get(context.options().get(NAME).orElseThrow()));
  }

  private static final class Feed implements LiveSource {
    private final List<Sender> senders;
    private final int[] columns;
    private final Block block;
    private int turn;

    Feed(SourceContext context, List<Sender> senders) {
      this.senders = senders;
      this.columns = context.columns();
      this.block = Block.allocate(context.allocator(), context.readSchema(), BLOCK_ROWS);
      senders.forEach(Sender::connect);
    }

    @Override
    public boolean poll(RowBatch into, long maxRows) {
      for (int i = 0; i < senders.size(); i++) {
        Sender sender = senders.get(turn++ % senders.size());
        if (sender.waiting() > 0) {
          take(sender, into, maxRows);
          return true;
        }
      }
      return false;
    }

    private void take(Sender sender, RowBatch into, long maxRows) {
      block.clear();
      int first = sender.next();
      while (sender.waiting() > 0 && block.rowCount() < Math.min(maxRows, BLOCK_ROWS)) {
        Row row = sender.take();
        Object[] read = Arrays.stream(columns).mapToObj(row::get).toArray();
        BlockAppender.append(block, Row.of(read));
      }
      into.set(block, 0, block.rowCount()).sentBy(sender.name(), first);
    }

    @Override
    public void restore(String producer, long safeSequence) {
      senders.stream()
          .filter(sender -> sender.name().equals(producer))
          .forEach(sender -> sender.goOnBehind(safeSequence));
    }

    @Override
    public void safe() {
      senders.forEach(Sender::safe);
    }

    @Override
    public long waiting() {
      return senders.stream().mapToLong(Sender::waiting).sum();
    }

    @Override
    public boolean hasArrived() {
      return waiting() > 0;
    }

    @Override
    public void onArrival(Runnable wakeUp) {}

    @Override
    public String description() {
      return "feed";
    }

    @Override
    public void fixEnd() {}

    @Override
    public void close() {
      block.close();
    }
  }
}
