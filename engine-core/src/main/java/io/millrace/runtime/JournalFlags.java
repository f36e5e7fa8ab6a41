package io.millrace.runtime;

import io.millrace.state.journal.ChronicleFlags;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps Chronicle Queue out of a JVM that was started without its options. */
final class JournalFlags {
  private static final Logger LOG = LoggerFactory.getLogger(JournalFlags.class);

  private JournalFlags() {}

  /** The same, or with plain files, which hold the same and need no option, and a warning. */
  static JournalOptions usable(JournalOptions asked) {
    String missing = asked.kind() == JournalKind.CHRONICLE ? ChronicleFlags.missing() : "";
    if (missing.isEmpty()) {
      return asked;
    }
    LOG.warn(
        "the journal is written to plain files, since the JVM lacks options that Chronicle Queue"
            + " needs; start it with: java {} (or set millrace.journal=file)",
        missing);
    return asked.of(JournalKind.FILE);
  }
}
