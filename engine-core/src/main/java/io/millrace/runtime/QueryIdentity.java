package io.millrace.runtime;

import java.util.UUID;

/**
 * @param id the same when the query restarts from its checkpoint
 * @param runId new with every start
 * @param name null if the user gave none
 */
record QueryIdentity(UUID id, UUID runId, String name) {
  /** For threads, messages and logs. */
  String label() {
    return name != null ? name : id.toString().substring(0, 8);
  }
}
