package io.millrace.state.storage;

import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A {@link StorageFile} over a channel. */
final class LocalFile implements StorageFile {
  /** The channel copies a heap buffer through native memory of the size of one call. */
  private static final int MAX_TRANSFER_BYTES = 1 << 20;

  private final Path path;
  private final FileChannel channel;

  LocalFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public int read(ByteBuffer into, long position) {
    return attempt(
        "read",
        () -> {
          int start = into.position();
          int end = into.limit();
          try {
            while (into.position() < end) {
              into.limit(Math.min(end, into.position() + MAX_TRANSFER_BYTES));
              if (channel.read(into, position + into.position() - start) < 0) {
                break;
              }
            }
          } finally {
            into.limit(end);
          }
          return into.position() - start;
        });
  }

  @Override
  public void write(ByteBuffer from, long position) {
    boolean interrupted = Thread.interrupted(); // as in attempt, but without an object per write
    int start = from.position();
    int end = from.limit();
    try {
      while (from.position() < end) {
        from.limit(Math.min(end, from.position() + MAX_TRANSFER_BYTES));
        channel.write(from, position + from.position() - start);
      }
    } catch (IOException e) {
      throw StorageFailure.of(path, "write", e);
    } finally {
      from.limit(end);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void force() {
    attempt(
        "force",
        () -> {
          channel.force(false);
          return 0;
        },
        StorageFailure::ofForce);
  }

  @Override
  public void allocate(long position, long sizeBytes) {
    attempt(
        "allocate",
        () -> {
          DiskSpace.allocate(path, channel, position, sizeBytes);
          return 0;
        });
  }

  @Override
  public void truncate(long sizeBytes) {
    attempt("truncate", () -> channel.truncate(sizeBytes));
  }

  @Override
  public long size() {
    return attempt("size", channel::size);
  }

  @Override
  public void close() {
    attempt(
        "close",
        () -> {
          channel.close();
          return 0;
        });
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private interface Failure {
    MillraceException of(Path path, String operation, IOException cause);
  }

  private <T> T attempt(String name, Operation<T> operation) {
    return attempt(name, operation, StorageFailure::of);
  }

  /** Keeps a pending interrupt from closing the channel: the caller sees it when this returns. */
  private <T> T attempt(String name, Operation<T> operation, Failure failure) {
    boolean interrupted = Thread.interrupted();
    try {
      return operation.run();
    } catch (IOException e) {
      throw failure.of(path, name, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
