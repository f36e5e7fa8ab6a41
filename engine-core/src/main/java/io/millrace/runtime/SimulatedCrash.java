package io.millrace.runtime;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a simulated process at one of the points that it passes. What the process still does
 * then, giving its memory back for example, happens to a world that nobody looks at any more.
 */
public final class SimulatedCrash implements CrashPoints {
  private final int at;
  private final Runnable look;
  private final Map<CrashPoint, Integer> hits = new EnumMap<>(CrashPoint.class);
  private int passed;
  private String where;

  /**
   * @param at the number of the point over all kinds, from 1; 0 for no crash
   * @param look is run in that moment
   */
  public SimulatedCrash(int at, Runnable look) {
    this.at = at;
    this.look = look;
  }

  @Override
  public void reached(CrashPoint point) {
    if (where != null) {
      return;
    }
    int hit = hits.merge(point, 1, Integer::sum);
    if (++passed == at) {
      where = point + ", hit " + hit;
      look.run();
      throw new StoppedException();
    }
  }

  /** How many points were passed. */
  public int passed() {
    return passed;
  }

  /** The point and how often it was reached since the start; empty before the crash. */
  public Optional<String> where() {
    return Optional.ofNullable(where);
  }
}
