package io.millrace.connectors.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends what a test says, when it says so, to whoever connects. */
final class LineServer implements AutoCloseable {
  private final ServerSocket server;
  private Socket client;

  LineServer() {
    this(0);
  }

  LineServer(int port) {
    try {
      server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      server.setSoTimeout(30_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port on which nobody listens now. */
  static int freePort() {
    try (LineServer server = new LineServer()) {
      return server.port();
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Waits for the next connection. */
  LineServer accept() throws IOException {
    client = server.accept();
    client.setTcpNoDelay(true);
    return this;
  }

  LineServer send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  LineServer send(byte[] bytes) throws IOException {
    client.getOutputStream().write(bytes);
    client.getOutputStream().flush();
    return this;
  }

  /** Ends the connection as it should be ended. */
  void hangUp() throws IOException {
    client.close();
  }

  /** Ends the connection as a machine does that has lost it. */
  void reset() throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  /** Whether the other side has ended the connection. */
  boolean isLeft() throws IOException {
    return client.getInputStream().read() < 0;
  }

  @Override
  public void close() {
    try {
      server.close();
      if (client != null) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
