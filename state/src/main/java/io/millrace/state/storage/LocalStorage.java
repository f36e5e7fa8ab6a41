package io.millrace.state.storage;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The operating system's files. */
public final class LocalStorage implements Storage {
  @Override
  public StorageFile open(Path path, OpenMode mode) {
    StandardOpenOption[] options =
        switch (mode) {
          case READ -> new StandardOpenOption[] {StandardOpenOption.READ};
          case WRITE ->
              new StandardOpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE};
          case CREATE ->
              new StandardOpenOption[] {
                StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE
              };
          case CREATE_NEW ->
              new StandardOpenOption[] {
                StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW
              };
        };
    try {
      return new LocalFile(path, FileChannel.open(path, options));
    } catch (IOException e) {
      throw StorageFailure.of(path, "open", e);
    }
  }

  @Override
  public Optional<StorageEntry> entry(Path path) {
    try {
      return look(path);
    } catch (IOException e) {
      throw StorageFailure.of(path, "look", e);
    }
  }

  @Override
  public List<StorageEntry> list(Path directory) {
    List<StorageEntry> entries = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        look(path).ifPresent(entries::add);
      }
    } catch (DirectoryIteratorException e) {
      throw StorageFailure.of(directory, "list", e.getCause());
    } catch (IOException e) {
      throw StorageFailure.of(directory, "list", e);
    }
    entries.sort(Comparator.comparing(entry -> entry.path().getFileName().toString()));
    return entries;
  }

  private static Optional<StorageEntry> look(Path path) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(
          new StorageEntry(
              path,
              found.isDirectory(),
              found.size(),
              found.lastModifiedTime().to(TimeUnit.MICROSECONDS)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  @Override
  public void rename(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw StorageFailure.of(from, "rename to " + to, e);
    }
  }

  @Override
  public void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw StorageFailure.of(path, "delete", e);
    }
  }

  @Override
  public void createDirectories(Path directory) {
    List<Path> missing = new ArrayList<>();
    for (Path path = directory.toAbsolutePath(); path != null; path = path.getParent()) {
      Optional<StorageEntry> found = entry(path);
      if (found.isPresent()) {
        if (!found.get().directory()) {
          NotDirectoryException file = new NotDirectoryException(path.toString());
          throw StorageFailure.of(directory, "create directory", file);
        }
        break;
      }
      missing.add(path);
    }
    for (Path path : missing.reversed()) {
      try {
        Files.createDirectories(path);
      } catch (IOException e) {
        throw StorageFailure.of(directory, "create directory", e);
      }
      forceDirectory(path.getParent()); // before the next: a call that is repeated skips this one
    }
  }

  @Override
  public void forceDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      new LocalFile(directory, channel).force();
    } catch (IOException e) {
      throw StorageFailure.ofForce(directory, "force directory", e);
    }
  }

  @Override
  public long usableBytes(Path path) {
    File place = nearest(path).path().toFile();
    long usableBytes = place.getUsableSpace();
    // The call has no other way to say that it does not know.
    return usableBytes == 0 && place.getTotalSpace() == 0 ? Long.MAX_VALUE : usableBytes;
  }

  @Override
  public StorageLock lock(Path file) {
    return LocalLock.take(file);
  }
}
