package io.millrace.connectors.files;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.DurableSteps;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.StorageFile;
import io.millrace.vector.column.Block;
import io.millrace.vector.column.ByteBlock;

/** A file that rows are added to, in the folder of unfinished ones. */
final class PartFile {
  private static final int FLUSH_BYTES = 256 << 10;

  /** Rows that are encoded at a time, so that the buffer stays small. */
  private static final int SLICE_ROWS = 1024;

  private final OutputDirectory directory;
  private final String folder;
  private final String plainName;
  private final ByteBlock buffer;
  private final StorageFile file;
  private long rows;
  private long sizeBytes;

  /**
   * @param folder its partition's, ending in a slash; empty for none
   * @param buffer lent until the file is closed
   */
  PartFile(OutputDirectory directory, String folder, String plainName, ByteBlock buffer) {
    this.directory = directory;
    this.folder = folder;
    this.plainName = plainName;
    this.buffer = buffer;
    this.file =
        directory.storage().open(directory.unfinished().resolve(plainName), OpenMode.CREATE);
    file.truncate(0);
    buffer.length(0);
  }

  long rows() {
    return rows;
  }

  ByteBlock buffer() {
    return buffer;
  }

  void append(RowEncoder encoder, Block block, int from, int to) {
    for (int start = from; start < to; start += SLICE_ROWS) {
      encoder.encode(block, start, Math.min(to, start + SLICE_ROWS), buffer);
      if (buffer.length() >= FLUSH_BYTES) {
        flush();
      }
    }
    rows += to - from;
  }

  private void flush() {
    directory.crashPoints().reached(CrashPoint.BEFORE_FILE_WRITE);
    file.write(buffer.window(0, buffer.length()), sizeBytes);
    directory.crashPoints().reached(CrashPoint.AFTER_FILE_WRITE);
    sizeBytes += buffer.length();
    buffer.length(0);
  }

  /** Writes and forces what is left, and closes the file. */
  OutputFile finish() {
    if (buffer.length() > 0) {
      flush();
    }
    if (directory.durable()) {
      DurableSteps.force(directory.crashPoints(), file);
    }
    file.close();
    return new OutputFile(folder + plainName, sizeBytes);
  }

  void abandon() {
    file.close();
  }
}
