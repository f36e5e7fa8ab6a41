package io.millrace.gateway.faults;

import java.util.ArrayList;
import java.util.List;

/** The settings of a session that decide how bytes get to the disk. */
record QuerySettings(String execution, String journal, String durability) {
  static final List<String> JOURNALS = List.of("chronicle", "file");
  static final List<String> DURABILITIES = List.of("disk", "process");

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
    return List.of(
        "millrace.execution=" + execution,
        "millrace.journal=" + journal,
        "millrace.durability=" + durability);
  }
}
