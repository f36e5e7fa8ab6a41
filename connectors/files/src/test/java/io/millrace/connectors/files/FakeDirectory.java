package io.millrace.connectors.files;

import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.state.storage.StorageFile;
import io.millrace.state.storage.StorageLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A directory with very many files, which counts how often it is asked. */
final class FakeDirectory implements Storage {
  private final Path directory;
  private final List<StorageEntry> content;
  int lists;
  int entries;

  FakeDirectory(Path directory, int files, byte[] bytes) {
    this.directory = directory;
    this.content =
        IntStream.range(0, files)
            .mapToObj(i -> new StorageEntry(directory.resolve("f" + i), false, bytes.length, i))
            .toList();
  }

  @Override
  public Optional<StorageEntry> entry(Path path) {
    entries++;
    return path.equals(directory)
        ? Optional.of(new StorageEntry(path, true, 0, 0))
        : Optional.empty();
  }

  @Override
  public List<StorageEntry> list(Path path) {
    lists++;
    return content;
  }

  @Override
  public StorageFile open(Path path, OpenMode mode) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rename(Path from, Path to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void createDirectories(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void forceDirectory(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StorageLock lock(Path file) {
    throw new UnsupportedOperationException();
  }
}
