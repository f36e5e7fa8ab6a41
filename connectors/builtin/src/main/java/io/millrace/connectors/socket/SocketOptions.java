package io.millrace.connectors.socket;

import io.millrace.spi.Options;
import io.millrace.types.AnalysisException;
import java.time.Duration;
import java.util.Set;

/**
 * What the user says of a connection.
 *
 * @param maxLineBytes of a line's text, without what ends it
 * @param reconnectDelay before the first attempt after a failure; each one that fails doubles it
 * @param maxReconnectDelay up to which it grows
 * @param capacityRows lines that may wait for the query
 */
record SocketOptions(
    String host,
    int port,
    boolean includeTimestamp,
    int maxLineBytes,
    int connectTimeoutMs,
    Duration reconnectDelay,
    Duration maxReconnectDelay,
    int capacityRows) {
  /** {@code rejectsTo} is the engine's affair. */
  static final Set<String> NAMES =
      Set.of(
          "host",
          "port",
          "includeTimestamp",
          "maxLineBytes",
          "connectTimeout",
          "reconnectDelay",
          "maxReconnectDelay",
          "capacityRows",
          "rejectsTo");

  private static final int MAX_PORT = 65_535;
  private static final long MAX_LINE_BYTES = 64L << 20;
  private static final int MAX_CAPACITY_ROWS = 1 << 24;

  /**
   * @throws AnalysisException naming the first option that is missing or wrong
   */
  static SocketOptions of(Options options) {
    options.requireKnown(NAMES);
    String host = options.require("host");
    options.require("port");
    Duration delay = duration(options, "reconnectDelay", Duration.ofSeconds(1));
    Duration maxDelay = duration(options, "maxReconnectDelay", Duration.ofSeconds(30));
    return new SocketOptions(
        host,
        (int) within(options, "port", options.getInt("port", 0), MAX_PORT),
        options.getBoolean("includeTimestamp", false),
        (int)
            within(
                options,
                "maxLineBytes",
                options.getBytes("maxLineBytes", 64 << 10),
                MAX_LINE_BYTES),
        (int) duration(options, "connectTimeout", Duration.ofSeconds(10)).toMillis(),
        delay,
        maxDelay.compareTo(delay) < 0 ? delay : maxDelay,
        (int)
            within(
                options,
                "capacityRows",
                options.getInt("capacityRows", 1 << 16),
                MAX_CAPACITY_ROWS));
  }

  private static long within(Options options, String key, long value, long max) {
    if (value < 1 || value > max) {
      throw new AnalysisException(
          options.owner() + ": option " + key + " is " + value + ", it must be 1 to " + max);
    }
    return value;
  }

  private static Duration duration(Options options, String key, Duration otherwise) {
    Duration value = options.getDuration(key, otherwise);
    if (value.toMillis() < 1 || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new AnalysisException(
          options.owner()
              + ": option "
              + key
              + " is "
              + options.require(key)
              + ", it must be 1 millisecond to 1 day");
    }
    return value;
  }

  /** For logs, progress and rejects. */
  String address() {
    return host + ":" + port;
  }
}
