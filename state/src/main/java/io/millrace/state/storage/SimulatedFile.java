package io.millrace.state.storage;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** A file of a {@link SimulatedDisk}, open; whoever has it open keeps it when its name goes. */
final class SimulatedFile implements StorageFile {
  private final SimulatedDisk disk;
  private final Path path;
  private final SimulatedContent content;
  private final LongSupplier nowUs;
  private boolean closed;

  SimulatedFile(SimulatedDisk disk, Path path, SimulatedContent content, LongSupplier nowUs) {
    this.disk = disk;
    this.path = path;
    this.content = content;
    this.nowUs = nowUs;
  }

  private void requireOpen(String operation) {
    if (closed) {
      throw StorageFailure.of(path, operation, new ClosedChannelException());
    }
  }

  @Override
  public int read(ByteBuffer into, long position) {
    synchronized (disk) {
      requireOpen("read");
      return content.read(into, position);
    }
  }

  @Override
  public void write(ByteBuffer from, long position) {
    synchronized (disk) {
      requireOpen("write");
      content.write(from, position, nowUs.getAsLong());
    }
  }

  @Override
  public void force() {
    synchronized (disk) {
      requireOpen("force");
      content.force();
    }
  }

  @Override
  public void allocate(long position, long sizeBytes) {
    synchronized (disk) {
      requireOpen("allocate");
      content.grow(position + sizeBytes);
    }
  }

  @Override
  public void truncate(long sizeBytes) {
    synchronized (disk) {
      requireOpen("truncate");
      content.truncate(sizeBytes, nowUs.getAsLong());
    }
  }

  @Override
  public long size() {
    synchronized (disk) {
      requireOpen("size");
      return content.size();
    }
  }

  @Override
  public void close() {
    synchronized (disk) {
      closed = true;
    }
  }
}
