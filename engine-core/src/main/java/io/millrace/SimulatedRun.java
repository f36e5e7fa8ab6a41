package io.millrace;

import io.millrace.runtime.InletQueue;
import io.millrace.runtime.SeededChoices;
import io.millrace.runtime.SessionRuntime;
import io.millrace.runtime.SimulatedCrash;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.SimulatedDisk;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One query from its first start to the end of its input, through the crashes that are asked for:
 * each ends the session, and the next one goes on with what the disk holds.
 */
final class SimulatedRun {
  private static final String CHECKPOINT = "/simulated/checkpoint";

  /** Steps that take in nothing may restore, close windows or end an epoch. */
  private static final int IDLE_POLLS = 4;

  private final Map<String, String> settings;
  private final long seed;
  private final Function<Session, DataStreamWriter> description;
  private final List<SimulatedInput.Step> steps;
  private final int[] crashes;
  private final UnaryOperator<SimulatedDisk> whatIsLeft;
  private final ManualClock clock = new ManualClock();
  private final SimulatedOutput output = new SimulatedOutput();
  private final List<String> crashedAt = new ArrayList<>();
  private SimulatedDisk disk = new SimulatedDisk(new LocalStorage(), clock::nowUs);
  private SimulatedDisk left;
  private int done;
  private int passed;
  private OutputMode mode;

  /** Of the session at hand. */
  private Session session;

  private SimulatedCrash crash;
  private StreamingQuery query;

  /** How many steps brought their replayable input before the query started. */
  private int added;

  private Map<List<String>, Sender> senders;

  /** Who sends rows to an inlet, until the session ends. */
  private static final class Sender {
    private final InletWriter writer;

    /** The first of its rows that it has not sent and need not leave out. */
    private int next;

    Sender(InletWriter writer, long safe) {
      this.writer = writer;
      this.next = Math.toIntExact(safe + 1);
    }
  }

  /**
   * @param crashes after how many points each start ends; those after the last go on to the end
   * @param whatIsLeft of the disk by a crash
   */
  SimulatedRun(
      Map<String, String> settings,
      long seed,
      Function<Session, DataStreamWriter> description,
      List<SimulatedInput.Step> steps,
      int[] crashes,
      UnaryOperator<SimulatedDisk> whatIsLeft) {
    this.settings = settings;
    this.seed = seed;
    this.description = description;
    this.steps = steps;
    this.crashes = crashes;
    this.whatIsLeft = whatIsLeft;
  }

  /** The rows that came out. */
  List<Row> run() {
    while (!liveToTheEnd()) {
      crashedAt.add(crash.where().orElseThrow());
      disk = left;
    }
    passed = crash.passed();
    return output.result(mode);
  }

  /** The points at which it crashed, in order. */
  List<String> crashedAt() {
    return crashedAt;
  }

  /** How many points the last start passed. */
  int passed() {
    return passed;
  }

  /** Starts and goes on from where the last start ended; returns whether there was no crash. */
  private boolean liveToTheEnd() {
    int at = crashedAt.size() < crashes.length ? crashes[crashedAt.size()] : 0;
    SimulatedDisk now = disk;
    crash = new SimulatedCrash(at, () -> left = whatIsLeft.apply(now));
    session =
        Session.Builder.simulated(
            settings, disk, clock, crash, new SeededChoices(seed + crashedAt.size(), false));
    senders = new HashMap<>();
    try {
      start();
      while (done < steps.size() && !isDead()) {
        perform(done);
        settle();
        done += isDead() ? 0 : 1;
      }
      query.processAllAvailable();
      session.close();
    } catch (RuntimeException | Error e) {
      closeAfter(e);
      if (!isDead()) {
        throw e;
      }
    }
    if (isDead()) {
      closeAfter(null);
    }
    return !isDead();
  }

  private boolean isDead() {
    return crash.where().isPresent();
  }

  private void closeAfter(Throwable failure) {
    try {
      session.close();
    } catch (RuntimeException | Error e) {
      if (failure != null) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Senders send again what was not safe; replayable input is there again. */
  private void start() {
    DataStreamWriter writer = description.apply(session);
    writer.requireSimulated();
    mode = writer.outputMode();
    added = 0;
    if (!crashedAt.isEmpty()) { // what was planned of the step at hand must be there
      steps.subList(0, Math.min(done + 1, steps.size())).forEach(this::addAgain);
    }
    query =
        writer
            .option("checkpointLocation", CHECKPOINT)
            .foreachRow(output.sink(this::isDead))
            .start();
    for (int i = 0; i < done; i++) {
      if (steps.get(i) instanceof SimulatedInput.Step.Append append) {
        append(append, i);
      }
    }
    settle();
  }

  private void addAgain(SimulatedInput.Step step) {
    if (step instanceof SimulatedInput.Step.Add add) {
      add(add);
    }
    added++;
  }

  private void perform(int index) {
    switch (steps.get(index)) {
      case SimulatedInput.Step.Append append -> append(append, index);
      case SimulatedInput.Step.Add add -> {
        if (index >= added) {
          add(add);
        }
      }
      case SimulatedInput.Step.Advance advance -> clock.advance(advance.time());
      case SimulatedInput.Step.Commit ignored -> query.processAllAvailable();
    }
  }

  private void add(SimulatedInput.Step.Add add) {
    runtime().memoryStream(add.stream()).add(add.rows());
  }

  private SessionRuntime runtime() {
    return session.runtime();
  }

  private void append(SimulatedInput.Step.Append step, int index) {
    InletQueue inlet = runtime().inlet(step.inlet());
    if (inlet == null) {
      throw new AnalysisException(
          "simulated input: the query's session has no inlet named " + step.inlet());
    }
    Sender sender =
        senders.computeIfAbsent(
            List.of(step.inlet(), step.producer()),
            unseen ->
                new Sender(inlet.writer(step.producer()), inlet.safeSequence(step.producer())));
    List<Row> rows = sentThrough(step, index);
    if (sender.next < rows.size()) {
      long sequence = inlet.appendAll(sender.writer, rows.subList(sender.next, rows.size()));
      if (sequence < 0) {
        throw new AnalysisException(
            "simulated input: inlet " + step.inlet() + " has no room for a step's rows");
      }
      sender.next = rows.size();
    }
  }

  /** All rows that the step's sender has sent when it is over. */
  private List<Row> sentThrough(SimulatedInput.Step.Append last, int index) {
    List<Row> rows = new ArrayList<>();
    for (SimulatedInput.Step step : steps.subList(0, index + 1)) {
      if (step instanceof SimulatedInput.Step.Append append
          && append.inlet().equals(last.inlet())
          && append.producer().equals(last.producer())) {
        rows.addAll(append.rows());
      }
    }
    return rows;
  }

  private void settle() {
    for (int idle = 0; idle < IDLE_POLLS && query.isActive() && !isDead(); idle++) {
      idle = query.poll() > 0 ? -1 : idle;
    }
  }
}
