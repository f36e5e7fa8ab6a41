package io.millrace.benchmarks.data;

import io.millrace.types.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Readings of devices, 10,000 if nothing else is said, as JSON lines of 78 to 88 bytes, one per
 * millisecond with times in whole seconds, 5 % of them above 100 degrees; and what their alerts
 * come to.
 */
public final class Readings {
  public static final Schema SCHEMA =
      Schema.parse("deviceId STRING, timestamp TIMESTAMP, temperature DOUBLE");

  public static final String ALERTS =
      "SELECT deviceId, temperature, timestamp FROM readings WHERE temperature > 100";

  /** Room for any line. */
  public static final int MAX_LINE_BYTES = 96;

  private static final int PERCENT_ABOVE = 5;
  private static final int TIME_TEXTS = 64;
  private static final long FIRST_TIME_MS = 1_760_097_660_000L;

  private static final byte[] DEVICE = ascii("\"deviceId\": \"");
  private static final byte[] TIMESTAMP = ascii("\"timestamp\": \"");
  private static final byte[] TEMPERATURE = ascii("\"temperature\": ");

  /** Fields by place: 0 device, 1 timestamp, 2 temperature. */
  private static final int[][] ORDERS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  private final SplittableRandom random;
  private final Arrival arrival;
  private final Devices devices;
  private final boolean shuffled;
  private long timeMs = FIRST_TIME_MS;
  private long latestSeconds = Long.MIN_VALUE;
  private final long[] textSeconds = new long[TIME_TEXTS];
  private final byte[][] timeTexts = new byte[TIME_TEXTS][];
  private Answer answer = Answer.NONE;

  public Readings(long seed, FieldOrder order) {
    this(seed, order, Arrival.IN_ORDER);
  }

  public Readings(long seed, FieldOrder order, Arrival arrival) {
    random = new SplittableRandom(seed);
    this.arrival = arrival;
    devices = new Devices(arrival.devices(), arrival.zipf());
    shuffled = order == FieldOrder.SHUFFLED;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What the lines written so far come to. */
  public Answer answer() {
    return answer;
  }

  /**
   * Writes the next line.
   *
   * @param into has room for {@link #MAX_LINE_BYTES} from {@code at}
   * @return the position behind the line's end
   */
  public int writeLine(byte[] into, int at) {
    byte[] device = ascii("device-" + devices.draw(random));
    boolean above = random.nextInt(100) < PERCENT_ABOVE;
    int tenths = above ? 1001 + random.nextInt(500) : 200 + random.nextInt(800);
    byte[] temperature = ascii(tenths / 10 + "." + tenths % 10);
    timeMs++;
    long seconds = timeMs / 1000 - behind();
    latestSeconds = Math.max(latestSeconds, seconds);
    byte[] time = time(seconds);
    int[] order = ORDERS[shuffled ? random.nextInt(ORDERS.length) : 0];
    int end = at;
    for (int i = 0; i < order.length; i++) {
      end = put(i == 0 ? "{" : ", ", into, end);
      end =
          switch (order[i]) {
            case 0 -> put("\"", into, put(device, into, put(DEVICE, into, end)));
            case 1 -> put("\"", into, put(time, into, put(TIMESTAMP, into, end)));
            default -> put(temperature, into, put(TEMPERATURE, into, end));
          };
    }
    count(above, device, seconds, tenths / 10.0);
    return put("}\n", into, end);
  }

  /** The latest time of the lines written so far, in seconds since 1970. */
  public long latestSeconds() {
    return latestSeconds;
  }

  private int behind() {
    if (arrival.latePerMille() > 0 && random.nextInt(1_000) < arrival.latePerMille()) {
      return random.nextInt(arrival.lateSeconds() + 1);
    }
    return arrival.disorderSeconds() == 0 ? 0 : random.nextInt(arrival.disorderSeconds() + 1);
  }

  private byte[] time(long seconds) {
    int at = (int) (seconds % TIME_TEXTS);
    if (textSeconds[at] != seconds) {
      textSeconds[at] = seconds;
      timeTexts[at] = ascii(Instant.ofEpochSecond(seconds).toString());
    }
    return timeTexts[at];
  }

  private void count(boolean above, byte[] device, long seconds, double temperature) {
    long hash =
        above
            ? AlertChecksum.ofRow(
                AlertChecksum.deviceHash(device, 0, device.length),
                temperature,
                seconds * 1_000_000)
            : 0;
    answer = answer.plus(new Answer(1, above ? 1 : 0, hash));
  }

  private static int put(byte[] text, byte[] into, int at) {
    System.arraycopy(text, 0, into, at, text.length);
    return at + text.length;
  }

  @SuppressWarnings("deprecation") // the quick way for ASCII
  private static int put(String text, byte[] into, int at) {
    text.getBytes(0, text.length(), into, at);
    return at + text.length();
  }
}
