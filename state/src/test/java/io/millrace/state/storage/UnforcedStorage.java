package io.millrace.state.storage;

import java.nio.file.Path;

/** Real files without real forces, which no end of a process needs and thousands of tests feel. */
public final class UnforcedStorage extends ForwardingStorage {
  @Override
  public StorageFile open(Path path, OpenMode mode) {
    return new ForwardingFile(super.open(path, mode)) {
      @Override
      public void force() {}
    };
  }

  @Override
  public void forceDirectory(Path directory) {}
}
