package io.millrace.connectors.socket;

import io.millrace.spi.Clock;
import io.millrace.spi.LiveBuffer;
import io.millrace.spi.LiveInput;
import io.millrace.types.Schema;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Connects, reads lines until the connection ends, and connects again, on a thread of its own. A
 * line counts once its newline is there, or the server has closed the connection behind it.
 */
final class SocketInput implements LiveInput {
  private final SocketOptions options;
  private final Schema columns;
  private final BufferAllocator allocator;
  private final Clock clock;
  private final SocketMetrics metrics;
  private final Thread thread;
  private final Connector connector;

  /** Held while the thread has memory and may write: not while it connects or waits. */
  private final ReentrantLock reading = new ReentrantLock();

  private volatile boolean once;
  private LiveBuffer buffer;
  private LineWriter lines;

  /**
   * @param name of the source
   * @param columns that the query reads
   */
  SocketInput(
      String name, SocketOptions options, Schema columns, BufferAllocator allocator, Clock clock) {
    this.options = options;
    this.columns = columns;
    this.allocator = allocator;
    this.clock = clock;
    this.metrics = new SocketMetrics("source " + name + " (socket " + options.address() + ")");
    this.connector = new Connector(options);
    this.thread = new Thread(this::run, "millrace-socket-" + name);
    thread.setDaemon(true);
  }

  @Override
  public String description() {
    return "socket[" + options.address() + "]";
  }

  @Override
  public Map<String, Long> metrics() {
    return metrics.values();
  }

  @Override
  public void start(LiveBuffer into) {
    buffer = into;
    lines = new LineWriter(into.newWriter(), columns, options, metrics);
    thread.start();
  }

  /** What is there is what the server sends until it closes the connection. */
  @Override
  public void fixEnd() {
    once = true;
  }

  private void run() {
    try {
      Duration delay = options.reconnectDelay();
      while (!connector.isClosed()) {
        boolean connected = connect();
        delay = connected ? options.reconnectDelay() : delay;
        if (connected && read() && once) {
          buffer.end();
          return;
        }
        connector.pause(delay);
        delay = longer(delay);
      }
    } catch (RuntimeException e) {
      buffer.fail(e);
    }
  }

  private Duration longer(Duration delay) {
    Duration doubled = delay.multipliedBy(2);
    return doubled.compareTo(options.maxReconnectDelay()) > 0
        ? options.maxReconnectDelay()
        : doubled;
  }

  private boolean connect() {
    try {
      connector.connect();
      return true;
    } catch (IOException e) {
      if (!connector.isClosed()) {
        metrics.refused(e);
      }
      return false;
    }
  }

  /** Reads the connection to its end. Returns whether the server has closed it. */
  private boolean read() {
    reading.lock();
    try {
      return !connector.isClosed() && readLines(connector.channel());
    } finally {
      reading.unlock();
      connector.disconnect();
    }
  }

  private boolean readLines(SocketChannel channel) {
    metrics.connected();
    try (LineSplitter splitter = new LineSplitter(allocator, lines, options.maxLineBytes())) {
      try {
        return readLines(channel, splitter);
      } catch (IOException e) {
        if (!connector.isClosed()) {
          metrics.broken(e, splitter.hasPartialLine());
        }
        return false;
      }
    }
  }

  private boolean readLines(SocketChannel channel, LineSplitter splitter) throws IOException {
    while (true) {
      int count = splitter.read(channel);
      if (count < 0) {
        splitter.finish(clock.nowUs());
        if (once) {
          metrics.closed();
        } else {
          metrics.ended();
        }
        return true;
      }
      metrics.read(count);
      if (!splitter.split(clock.nowUs())) {
        return false;
      }
    }
  }

  /** Does not wait for a name to be resolved, which nothing interrupts: no memory is held then. */
  @Override
  public void close() {
    connector.close();
    reading.lock();
    reading.unlock();
  }
}
