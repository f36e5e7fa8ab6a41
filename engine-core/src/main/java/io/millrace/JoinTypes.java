package io.millrace;

import io.millrace.plan.LogicalPlan.JoinType;
import io.millrace.types.AnalysisException;
import java.util.Locale;

/** Spark's names of joins. */
final class JoinTypes {
  private JoinTypes() {}

  /**
   * @param name in any case, underscores do not count
   */
  static JoinType parse(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT).replace("_", "")) {
      case "inner" -> JoinType.INNER;
      case "left", "leftouter" -> JoinType.LEFT_OUTER;
      case "right", "rightouter" -> JoinType.RIGHT_OUTER;
      case "full", "outer", "fullouter" -> JoinType.FULL_OUTER;
      case "semi", "leftsemi" -> JoinType.LEFT_SEMI;
      case "anti", "leftanti" -> JoinType.LEFT_ANTI;
      default ->
          throw new AnalysisException(
              "join type "
                  + name
                  + " does not exist; use inner, left, right, full, left_semi or left_anti");
    };
  }
}
