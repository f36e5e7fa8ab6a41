package io.millrace.oracle;

import io.millrace.OutputMode;
import io.millrace.types.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A streaming query, as the interpreter and the engine understand it: union of inputs, filter,
 * watermark, filter, grouping, and perhaps a grouping of its result.
 *
 * @param schema of each input; its times are column {@code ts}
 * @param delaysUs of the watermark on each input, empty for none; of only one, if {@code
 *     unionFirst}
 * @param unionFirst whether the watermark is on the union rather than on each input
 * @param minimum whether several watermarks become one by the minimum rather than the maximum
 * @param below a filter before the watermark
 * @param above a filter behind it
 * @param lateByRow the lateness rule
 * @param sql whether it is given as SQL text rather than in Java
 */
record QuerySpec(
    Schema schema,
    int inputs,
    List<Optional<Long>> delaysUs,
    boolean unionFirst,
    boolean minimum,
    Optional<Condition> below,
    Optional<Condition> above,
    Grouping first,
    Optional<Grouping> second,
    OutputMode mode,
    boolean lateByRow,
    boolean sql) {

  /** Whether groups by time can be over. */
  boolean hasEventTime() {
    return delaysUs.stream().allMatch(Optional::isPresent);
  }

  /**
   * Whether overlapping windows are kept by pane, which only the number of groups shows. Of a
   * grouping that another one stands on, only the first call is read.
   */
  boolean isByPane(Grouping grouping) {
    return mode == OutputMode.APPEND
        && hasEventTime()
        && !lateByRow
        && grouping.windows() instanceof Windows.Fixed fixed
        && fixed.isMadeOfPanes()
        && (second.isPresent() && grouping.equals(first)
            || grouping.calls().stream().noneMatch(Call::dependsOnOrder));
  }

  /** Which watermark sees the rows of an input. */
  int watermarkOf(int input) {
    return unionFirst ? 0 : input;
  }
}
