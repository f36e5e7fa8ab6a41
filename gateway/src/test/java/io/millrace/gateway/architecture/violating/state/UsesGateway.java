package io.millrace.gateway.architecture.violating.state;

import io.millrace.gateway.architecture.violating.gateway.Program;

/** Points back up the modules. */
final class UsesGateway {
  Program program;
}
