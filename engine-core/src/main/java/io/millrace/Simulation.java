package io.millrace;

import io.millrace.state.storage.SimulatedDisk;
import io.millrace.types.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Tests a query of an application against the end of its process, without threads, time or files:
 * it runs once without a crash, then again and again with one, each time at another point around a
 * write, and must give the same rows. Needs no test library; what is wrong is an {@link
 * AssertionError}.
 *
 * <pre>{@code
 * Simulation.crashAnywhere(
 *     42,
 *     session ->
 *         session.inlet("readings", Schema.parse("device STRING, celsius DOUBLE")).toDF()
 *             .groupBy("device").agg(max("celsius"))
 *             .writeStream().outputMode("update").trigger(Trigger.continuous("1 second")),
 *     input ->
 *         input.append("readings", Row.of("a", 21.5), Row.of("b", 3.0))
 *             .advance(Duration.ofSeconds(1))
 *             .append("readings", Row.of("a", 22.5)));
 * }</pre>
 *
 * <p>The query's function is called for every start, with a new {@link Session#simulated simulated}
 * session; it makes inlets and memory streams and describes the query up to its sink. The
 * simulation adds checkpoint and sink: one that keeps each row's position with its effect, so that
 * the query is exactly once. The input is told once; after each of its steps the query does all
 * that there is to do. After a crash senders send again what was not safe.
 *
 * <p>With output mode append and update all rows must be the same in the same order, with complete
 * those of the last epoch.
 */
public final class Simulation {
  private static final int RESTART_POINTS = 40;

  private final Function<Session, DataStreamWriter> query;
  private final List<SimulatedInput.Step> steps;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private long seed;
  private int most = Integer.MAX_VALUE;

  private Simulation(Function<Session, DataStreamWriter> query, SimulatedInput input) {
    this.query = query;
    this.steps = input.steps();
  }

  /**
   * A simulation with the default settings, which may be changed.
   *
   * @param query describes the query in a session of its own; makes the same every time
   * @param input tells what happens
   */
  public static Simulation of(
      Function<Session, DataStreamWriter> query, Consumer<SimulatedInput> input) {
    SimulatedInput steps = new SimulatedInput();
    input.accept(steps);
    return new Simulation(query, steps);
  }

  /**
   * Runs a query with a crash at every point; see {@link Simulation}.
   *
   * @param seed decides which restarts crash again
   * @throws AssertionError naming the crashes, and the first row that differs
   */
  public static void crashAnywhere(
      long seed, Function<Session, DataStreamWriter> query, Consumer<SimulatedInput> input) {
    of(query, input).seed(seed).crashAnywhere();
  }

  /** Decides which restarts crash again, and which crashes are tried if not all are. */
  public Simulation seed(long decides) {
    seed = decides;
    return this;
  }

  /** A setting of the sessions. */
  public Simulation config(String key, Object value) {
    settings.put(key, value.toString());
    return this;
  }

  /** Tries that many crashes at the most, which the seed chooses. */
  public Simulation atMost(int crashes) {
    most = crashes;
    return this;
  }

  /** The rows that come out without a crash. */
  public List<Row> run() {
    return newRun(new int[0], UnaryOperator.identity()).run();
  }

  private SimulatedRun newRun(int[] crashes, UnaryOperator<SimulatedDisk> whatIsLeft) {
    return new SimulatedRun(settings, seed, query, steps, crashes, whatIsLeft);
  }

  /** What the end of a process leaves of its disk. */
  private record Ending(String name, UnaryOperator<SimulatedDisk> whatIsLeft) {}

  private List<Ending> endings() {
    Ending kill = new Ending("kill -9", SimulatedDisk::afterKill);
    boolean survivesPowerCuts = !"process".equalsIgnoreCase(settings.get("millrace.durability"));
    return survivesPowerCuts
        ? List.of(kill, new Ending("power cut", SimulatedDisk::afterPowerCut))
        : List.of(kill);
  }

  private record Case(int point, Ending ending) {}

  /**
   * Runs the query with a crash at every point, once as {@code kill -9} leaves the files, with all
   * that was written, and once as a power cut does, with what was forced; the latter not with
   * durability {@code process}, which does not promise it.
   *
   * @return how many crashes there were
   * @throws AssertionError naming the crashes, and the first row that differs
   */
  public int crashAnywhere() {
    SimulatedRun whole = newRun(new int[0], UnaryOperator.identity());
    List<Row> expected = whole.run();
    if (expected.isEmpty()) {
      throw new AssertionError(
          "simulation: the query gives no row without a crash, so there is nothing to lose; give it"
              + " other input");
    }
    List<Case> cases = new ArrayList<>();
    for (int point = 1; point <= whole.passed(); point++) {
      for (Ending ending : endings()) {
        cases.add(new Case(point, ending));
      }
    }
    Random random = new Random(seed);
    if (most < cases.size()) {
      Collections.shuffle(cases, random);
      cases.subList(most, cases.size()).clear();
    }
    int crashes = 0;
    for (Case each : cases) {
      crashes += requireSame(expected, each, random);
    }
    return crashes;
  }

  private int requireSame(List<Row> expected, Case each, Random random) {
    int[] points =
        random.nextBoolean()
            ? new int[] {each.point()}
            : new int[] {each.point(), 1 + random.nextInt(RESTART_POINTS)};
    SimulatedRun run = newRun(points, each.ending().whatIsLeft());
    List<Row> actual;
    try {
      actual = run.run();
    } catch (RuntimeException e) {
      throw new AssertionError(after(run, each) + " the query fails: " + e.getMessage(), e);
    }
    String difference = difference(expected, actual);
    if (difference != null) {
      throw new AssertionError(after(run, each) + " " + difference);
    }
    return run.crashedAt().size();
  }

  private String after(SimulatedRun run, Case each) {
    return "after a crash ("
        + each.ending().name()
        + ", seed "
        + seed
        + ") at "
        + String.join(", and in the restart at ", run.crashedAt());
  }

  private static String difference(List<Row> expected, List<Row> actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      if (!expected.get(i).equals(actual.get(i))) {
        return "row " + i + " is " + actual.get(i) + ", without a crash " + expected.get(i);
      }
    }
    if (expected.size() == actual.size()) {
      return null;
    }
    boolean fewer = actual.size() < expected.size();
    int first = Math.min(expected.size(), actual.size());
    return "there are "
        + actual.size()
        + " rows, without a crash "
        + expected.size()
        + (fewer
            ? "; the first that is missing is " + expected.get(first)
            : "; the first that is too many is " + actual.get(first));
  }
}
