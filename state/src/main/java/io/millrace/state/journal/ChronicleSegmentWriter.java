package io.millrace.state.journal;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.OpenMode;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageFile;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames in a Chronicle queue that has one file and one appender and is never opened a second time.
 *
 * <p>Its clock stands still, so that neither the day nor a clock that is set changes its file.
 * Every byte that Chronicle will write to is allocated before, because a full disk found out
 * through mapped memory ends the process. Forces are ours, through a channel on the same file:
 * Chronicle only logs one that fails.
 */
final class ChronicleSegmentWriter implements SegmentWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ChronicleSegmentWriter.class);

  /** Chronicle maps and touches ahead of what it writes. */
  private static final long AHEAD_BYTES = 4 << 20;

  private static final long ALIGNMENT_BYTES = 2 << 20;

  /** Chronicle's table of its own, which it maps, too; it takes no other size. */
  private static final String TABLE = "metadata.cq4t";

  private static final long TABLE_BYTES = 128 << 10;
  private static final String NAME = "19700101-0000";
  private static final String DATA = NAME + QueueReader.DATA;

  /** Chronicle gives a file that it finds under this name the right one, and begins it. */
  private static final String PRECREATED = NAME + ".precreated";

  private static final long FIXED_TIME_MS = 0;

  private final Path directory;
  private final ByteBuffer chunk;
  private StorageFile file;
  private SingleChronicleQueue queue;
  private ExcerptAppender appender;
  private final Runnable writeFrame = this::writeFrame; // made once, as an append makes no garbage
  private ByteBuffer frameHeader;
  private ByteBuffer framePayload;
  private long allocatedBytes;
  private long usedBytes;
  private boolean broken;

  /**
   * Makes a queue in a directory that is there and empty.
   *
   * @param chunk for what goes into one excerpt; its writers use it one after the other
   */
  static ChronicleSegmentWriter open(
      Path directory, Storage storage, CrashPoints points, int blockBytes, ByteBuffer chunk) {
    try (StorageFile table = storage.open(directory.resolve(TABLE), OpenMode.CREATE)) {
      table.allocate(0, TABLE_BYTES);
    }
    try (StorageFile data = storage.open(directory.resolve(PRECREATED), OpenMode.CREATE)) {
      data.allocate(0, blockBytes + AHEAD_BYTES);
    }
    ChronicleSegmentWriter writer = new ChronicleSegmentWriter(directory, chunk);
    try {
      points.reached(CrashPoint.BEFORE_FILE_WRITE);
      writer.openQueue(blockBytes);
      points.reached(CrashPoint.AFTER_FILE_WRITE);
      writer.file = storage.open(directory.resolve(DATA), OpenMode.WRITE);
      writer.allocateFor(blockBytes);
      return writer;
    } catch (RuntimeException | Error e) {
      writer.close();
      throw e;
    }
  }

  private ChronicleSegmentWriter(Path directory, ByteBuffer chunk) {
    this.directory = directory;
    this.chunk = chunk;
  }

  private void openQueue(int blockBytes) {
    uninterrupted(
        () -> {
          queue =
              SingleChronicleQueueBuilder.single(directory.toFile())
                  .rollCycle(LegacyRollCycles.MINUTELY)
                  .timeProvider(() -> FIXED_TIME_MS)
                  .blockSize(blockBytes)
                  .build();
          appender = queue.createAppender();
          // One thread appends; another one may close.
          queue.singleThreadedCheckDisabled(true);
          appender.singleThreadedCheckDisabled(true);
          append(0, true); // makes the file
        });
  }

  @Override
  public void write(long position, ByteBuffer header, ByteBuffer payload) {
    if (broken) {
      throw failed("not used any more since a write failed", null);
    }
    allocateFor((long) header.remaining() + payload.remaining());
    broken = true;
    frameHeader = header;
    framePayload = payload;
    uninterrupted(writeFrame);
    broken = false;
  }

  private void writeFrame() {
    while (frameHeader.hasRemaining() || framePayload.hasRemaining()) {
      chunk.clear();
      fill(frameHeader);
      fill(framePayload);
      append(chunk.position(), false);
    }
  }

  private void fill(ByteBuffer from) {
    int bytes = Math.min(from.remaining(), chunk.remaining());
    chunk.put(chunk.position(), from, from.position(), bytes);
    chunk.position(chunk.position() + bytes);
    from.position(from.position() + bytes);
  }

  private void append(int bytes, boolean metaData) {
    try (DocumentContext excerpt = appender.writingDocument(metaData)) {
      try {
        var out = excerpt.wire().bytes();
        out.write(out.writePosition(), chunk, 0, bytes);
        out.writeSkip(bytes);
        usedBytes = out.writePosition();
      } catch (RuntimeException | Error e) {
        excerpt.rollbackOnClose();
        throw e;
      }
    }
  }

  private void allocateFor(long bytes) {
    long excerpts = bytes / chunk.capacity() + 1;
    long needed = usedBytes + bytes + excerpts * 2 * Integer.BYTES + AHEAD_BYTES;
    if (needed > allocatedBytes) {
      long end = (needed + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
      file.allocate(allocatedBytes, end - allocatedBytes);
      allocatedBytes = end;
    }
  }

  @Override
  public void force() {
    file.force();
  }

  @Override
  public void seal(long position) {
    closeQueue();
    giveRoomBack();
  }

  @Override
  public void close() {
    try {
      closeQueue();
      giveRoomBack();
    } finally {
      if (file != null) {
        file.close();
      }
    }
  }

  /** If that fails, the room stays until the next start, which is no reason to fail. */
  private void giveRoomBack() {
    if (usedBytes < allocatedBytes) {
      try {
        file.truncate(usedBytes);
        allocatedBytes = usedBytes;
      } catch (MillraceException e) {
        LOG.debug("{}: the room kept for more could not be given back", directory, e);
      }
    }
  }

  private void closeQueue() {
    SingleChronicleQueue closing = queue;
    queue = null;
    if (closing != null) {
      uninterrupted(closing::close);
    }
  }

  /** Chronicle gives up when its thread is interrupted; the caller sees that when this returns. */
  private void uninterrupted(Runnable step) {
    boolean interrupted = Thread.interrupted();
    try {
      step.run();
    } catch (RuntimeException | InternalError e) {
      throw failed(e.toString(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private MillraceException failed(String reason, Throwable cause) {
    return new MillraceException(
        ErrorCode.RESOURCES, directory + ": Chronicle Queue: " + reason, cause);
  }
}
