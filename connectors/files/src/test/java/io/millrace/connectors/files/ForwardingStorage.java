package io.millrace.connectors.files;

import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.state.storage.StorageFile;
import io.millrace.state.storage.StorageLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The machine's files, but nothing is forced, only noted; tests change what they want to see. */
class ForwardingStorage implements Storage {
  private final Storage local = new LocalStorage();

  /** Every write, force and rename with the plain name of its file, in order. */
  final List<String> steps = Collections.synchronizedList(new ArrayList<>());

  private void note(String step, Path path) {
    steps.add(step + " " + path.getFileName());
  }

  @Override
  public StorageFile open(Path path, OpenMode mode) {
    return new NotedFile(path, local.open(path, mode));
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
    note("rename", to);
    local.rename(from, to);
  }

  @Override
  public void delete(Path path) {
    local.delete(path);
  }

  @Override
  public void createDirectories(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void forceDirectory(Path directory) {
    note("force", directory);
  }

  @Override
  public long usableBytes(Path path) {
    return local.usableBytes(path);
  }

  @Override
  public StorageLock lock(Path file) {
    return local.lock(file);
  }

  private final class NotedFile implements StorageFile {
    private final Path path;
    private final StorageFile file;

    NotedFile(Path path, StorageFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long position) {
      return file.read(into, position);
    }

    @Override
    public void write(ByteBuffer from, long position) {
      note("write", path);
      file.write(from, position);
    }

    @Override
    public void force() {
      note("force", path);
    }

    @Override
    public void allocate(long position, long sizeBytes) {
      file.allocate(position, sizeBytes);
    }

    @Override
    public void truncate(long sizeBytes) {
      file.truncate(sizeBytes);
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
