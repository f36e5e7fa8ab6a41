package io.millrace;

import io.millrace.runtime.SessionRuntime;
import io.millrace.types.Schema;

/** Everything of a session that is more than building plans. */
interface SessionEngine extends FrameRunner {
  Inlet inlet(String name, Schema schema, InletOptions options);

  MemoryStream memoryStream(Schema schema);

  QueryManager streams();

  /** For whoever feeds the session's inputs instead of an application. */
  SessionRuntime runtime();

  /** Stops all queries and gives everything back; does nothing the second time. */
  void close();
}
