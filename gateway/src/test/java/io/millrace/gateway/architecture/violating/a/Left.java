package io.millrace.gateway.architecture.violating.a;

import io.millrace.gateway.architecture.violating.b.Right;

/** One half of a cycle. */
public final class Left {
  Right right;
}
