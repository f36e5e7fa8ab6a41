package io.millrace;

/** Describes static input: what is there when it is read. */
public final class DataFrameReader extends FrameReader<DataFrameReader> {
  DataFrameReader(FrameRunner runner) {
    super(runner, false);
  }

  @Override
  DataFrameReader self() {
    return this;
  }
}
