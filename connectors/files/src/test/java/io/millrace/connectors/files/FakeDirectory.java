package io.millrace.connectors.files;

import io.millrace.state.storage.StorageEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A directory with very many files, which counts how often it is asked. */
final class FakeDirectory extends ForwardingStorage {
  private final List<StorageEntry> content;
  int lists;
  int entries;

  FakeDirectory(Path directory, int files) {
    this.content =
        IntStream.range(0, files)
            .mapToObj(i -> new StorageEntry(directory.resolve("f" + i), false, 1, i))
            .toList();
  }

  @Override
  public Optional<StorageEntry> entry(Path path) {
    entries++;
    return super.entry(path);
  }

  @Override
  public List<StorageEntry> list(Path path) {
    lists++;
    return content;
  }
}
