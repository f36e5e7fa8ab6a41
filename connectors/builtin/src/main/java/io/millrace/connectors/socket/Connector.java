package io.millrace.connectors.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The connection of one thread, which another thread ends at any time, whatever it waits for. */
final class Connector implements AutoCloseable {
  private final SocketOptions options;
  private final CountDownLatch closed = new CountDownLatch(1);
  private SocketChannel channel;

  Connector(SocketOptions options) {
    this.options = options;
  }

  /**
   * Makes a new connection.
   *
   * @throws IOException if that fails, or it was closed
   */
  void connect() throws IOException {
    InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException(options.host());
    }
    SocketChannel opened = open();
    try {
      opened.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      opened.socket().connect(address, options.connectTimeoutMs());
    } catch (IOException | RuntimeException e) {
      disconnect();
      throw e;
    }
  }

  private synchronized SocketChannel open() throws IOException {
    if (isClosed()) {
      throw new ClosedChannelException();
    }
    channel = SocketChannel.open();
    return channel;
  }

  /** The one that was made last; reading it fails once it was ended. */
  synchronized SocketChannel channel() {
    return channel;
  }

  /** Ends the connection, if there is one. */
  synchronized void disconnect() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Nothing was to be written: there is nothing to lose.
      }
    }
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Waits that long, or until it is closed. */
  void pause(Duration delay) {
    try {
      if (closed.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("assertion: nobody interrupts this thread", e);
    }
  }

  /** Ends the connection, and allows no other. */
  @Override
  public void close() {
    closed.countDown();
    disconnect();
  }
}
