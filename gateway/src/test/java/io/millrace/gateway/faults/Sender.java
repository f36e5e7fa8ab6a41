package io.millrace.gateway.faults;

import io.millrace.Inlet;
import io.millrace.InletWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A sender with a name: it goes on behind what is safe and says now and then what that is. */
@SuppressWarnings("SystemOut") // how the parent hears of it
final class Sender implements Runnable {
  /** So many rows may be on their way, and so far may senders be apart. */
  private static final int MAX_AHEAD = 100;

  private static final int ROWS_PER_REPORT = 64;
  private static final int ROWS_PER_BURST = 8;
  private static final long PAUSE_NS = 1_000_000;

  private final Inlet inlet;
  private final int index;
  private final String name;
  private final InletWriter writer;
  private volatile long sent;
  private long goal;
  private List<Sender> all;
  private Thread thread;

  private Sender(Inlet inlet, int index) {
    this.inlet = inlet;
    this.index = index;
    this.name = LiveReadings.SENDERS.get(index);
    long found = inlet.safeSequence(name);
    System.out.println(ChildReport.FOUND + name + ": " + found);
    this.writer = inlet.writer(name);
    this.sent = found + 1;
  }

  /** One of each name. */
  static List<Sender> all(Inlet inlet) {
    List<Sender> all = new ArrayList<>();
    for (int i = 0; i < LiveReadings.SENDERS.size(); i++) {
      all.add(new Sender(inlet, i));
    }
    return all;
  }

  /**
   * Starts them, on a thread each.
   *
   * @param goal how many rows each has sent in the end, with those before this process
   */
  static void start(List<Sender> senders, long goal) {
    for (Sender sender : senders) {
      sender.all = senders;
      sender.goal = goal;
      sender.thread = new Thread(sender, "sender-" + sender.name);
      sender.thread.setDaemon(true);
      sender.thread.start();
    }
  }

  /** How many rows it has sent, with those before this process. */
  long sent() {
    return sent;
  }

  void awaitEnd() throws InterruptedException {
    thread.join();
  }

  @Override
  public void run() {
    try (writer) {
      while (sent < goal) {
        if (isAhead()) {
          LockSupport.parkNanos(PAUSE_NS);
        } else {
          send();
        }
      }
    }
  }

  private boolean isAhead() {
    long slowest = all.stream().mapToLong(Sender::sent).min().orElseThrow();
    return sent - slowest > MAX_AHEAD || sent - inlet.safeSequence(name) > MAX_AHEAD;
  }

  private void send() {
    long number = sent;
    long appended =
        writer
            .setTimestamp(0, 1_000_000 * LiveReadings.seconds(index, number))
            .setInt(1, LiveReadings.value(index, number))
            .setString(2, LiveReadings.device(index, number))
            .append();
    if (appended != number) {
      throw new IllegalStateException("row " + number + " of " + name + " became " + appended);
    }
    sent = number + 1;
    if (sent % ROWS_PER_REPORT == 0) {
      System.out.println(ChildReport.SAFE + name + ": " + inlet.safeSequence(name));
    }
    if (sent % ROWS_PER_BURST == 0) {
      LockSupport.parkNanos(PAUSE_NS);
    }
  }
}
