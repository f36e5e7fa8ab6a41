package io.millrace;

/** Describes streaming input: what is there and what comes. */
public final class DataStreamReader extends FrameReader<DataStreamReader> {
  DataStreamReader(FrameRunner runner) {
    super(runner, true);
  }

  @Override
  DataStreamReader self() {
    return this;
  }
}
