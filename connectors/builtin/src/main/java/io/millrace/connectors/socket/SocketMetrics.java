package io.millrace.connectors.socket;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of the connection: counted, and logged once per outage. */
final class SocketMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(SocketInput.class);

  private final String owner;
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong outages = new AtomicLong();
  private final AtomicLong failedAttempts = new AtomicLong();
  private final AtomicLong partialLines = new AtomicLong();
  private final AtomicLong repairedLines = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean connected;
  private boolean out;

  /**
   * @param owner the source and its address
   */
  SocketMetrics(String owner) {
    this.owner = owner;
  }

  void connected() {
    connected = true;
    connections.incrementAndGet();
    if (out) {
      LOG.info("{}: connected again", owner);
    }
    out = false;
  }

  /** An attempt to connect has failed. */
  void refused(Exception cause) {
    failedAttempts.incrementAndGet();
    outage("cannot connect: " + cause);
  }

  /**
   * The connection has broken.
   *
   * @param partialLine whether in a line, which is lost
   */
  void broken(Exception cause, boolean partialLine) {
    connected = false;
    if (partialLine) {
      partialLines.incrementAndGet();
    }
    outage("the connection broke: " + cause);
  }

  /** The server has closed the connection, and is tried again. */
  void ended() {
    connected = false;
    outage("the server closed the connection");
  }

  /** The connection has ended and no other is wanted. */
  void closed() {
    connected = false;
  }

  private void outage(String what) {
    if (!out) {
      out = true;
      outages.incrementAndGet();
      LOG.warn("{}: {}; the query waits and tries again", owner, what);
    }
  }

  void repaired() {
    repairedLines.incrementAndGet();
  }

  void read(int count) {
    bytes.addAndGet(count);
  }

  /**
   * {@code connected} (1 or 0), {@code connections} that were made, {@code outages}, {@code
   * failedAttempts} to connect, {@code partialLines} lost in connections that broke, {@code
   * repairedLines} that were no UTF-8, {@code bytesRead}.
   */
  Map<String, Long> values() {
    return Map.of(
        "connected", connected ? 1L : 0L,
        "connections", connections.get(),
        "outages", outages.get(),
        "failedAttempts", failedAttempts.get(),
        "partialLines", partialLines.get(),
        "repairedLines", repairedLines.get(),
        "bytesRead", bytes.get());
  }
}
