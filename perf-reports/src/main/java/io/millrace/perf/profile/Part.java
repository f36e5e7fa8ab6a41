package io.millrace.perf.profile;

/** What time can go into. */
public enum Part {
  READING("reading files"),
  DECODING("JSON decoding"),
  KERNELS("kernels and filter"),
  GROUPING("grouping: hash table and aggregates"),
  CLOSING("window close and output"),
  STATE("state snapshot and journal"),
  HAND_OVER("hand-over and waiting"),
  SINK("the benchmark's own sink"),
  START("planning and starting"),
  OTHER("other");

  private final String title;

  Part(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
