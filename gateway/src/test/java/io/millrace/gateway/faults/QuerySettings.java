package io.millrace.gateway.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * The settings of a session that decide how bytes get to the disk.
 *
 * @param more {@code key=value} each
 */
record QuerySettings(String execution, String journal, String durability, List<String> more) {
  static final List<String> JOURNALS = List.of("chronicle", "file");
  static final List<String> DURABILITIES = List.of("disk", "process");

  QuerySettings(String execution, String journal, String durability) {
    this(execution, journal, durability, List.of());
  }

  /** Each journal with each durability. */
  static List<QuerySettings> all(String execution) {
    List<QuerySettings> all = new ArrayList<>();
    for (String journal : JOURNALS) {
      for (String durability : DURABILITIES) {
        all.add(new QuerySettings(execution, journal, durability));
      }
    }
    return all;
  }

  /** As {@link FaultyQuery} takes them. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(more);
    arguments.add("millrace.execution=" + execution);
    arguments.add("millrace.journal=" + journal);
    arguments.add("millrace.durability=" + durability);
    return arguments;
  }
}
