package io.millrace.state.journal;

/** What a journal writes to. Each kind goes on with a journal that the other one wrote. */
public enum JournalKind {
  /** Chronicle Queue: appends go into mapped memory. Needs {@link ChronicleFlags}. */
  CHRONICLE,
  /** Plain files: the reference; needs no option of the JVM. */
  FILE;

  SegmentFormat format(JournalOptions options) {
    return switch (this) {
      case CHRONICLE -> new ChronicleFormat(options);
      case FILE -> new PlainFormat();
    };
  }
}
