package io.millrace.gateway.architecture.violating.b;

import io.millrace.gateway.architecture.violating.a.Left;

/** The other half. */
public final class Right {
  Left left;
}
