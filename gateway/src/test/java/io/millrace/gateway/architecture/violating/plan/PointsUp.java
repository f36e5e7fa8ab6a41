package io.millrace.gateway.architecture.violating.plan;

import io.millrace.gateway.architecture.violating.DataFrame;
import io.millrace.gateway.architecture.violating.sql.Parser;

/** Points back up the engine's layers. */
final class PointsUp {
  DataFrame frame;
  Parser parser;
}
