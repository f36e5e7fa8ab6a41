package io.millrace.connectors.files;

import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.state.storage.StorageFile;
import io.millrace.state.storage.StorageLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The machine's files, for tests that change one thing about them. */
class ForwardingStorage implements Storage {
  private final Storage local = new LocalStorage();

  @Override
  public StorageFile open(Path path, OpenMode mode) {
    return local.open(path, mode);
  }

  @Override
  public Optional<StorageEntry> entry(Path path) {
    return local.entry(path);
  }

  @Override
  public List<StorageEntry> list(Path directory) {
    return local.list(directory);
  }

  @Override
  public void rename(Path from, Path to) {
    local.rename(from, to);
  }

  @Override
  public void delete(Path path) {
    local.delete(path);
  }

  @Override
  public void createDirectories(Path directory) {
    local.createDirectories(directory);
  }

  @Override
  public void forceDirectory(Path directory) {
    local.forceDirectory(directory);
  }

  @Override
  public StorageLock lock(Path file) {
    return local.lock(file);
  }
}
