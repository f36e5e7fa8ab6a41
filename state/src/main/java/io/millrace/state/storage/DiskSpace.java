package io.millrace.state.storage;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Room on a disk, taken before it is written to: {@code posix_fallocate} where the C library has
 * it, zeroes elsewhere.
 */
final class DiskSpace {
  private static final int ZEROES_BYTES = 256 << 10;
  private static final int READ_WRITE = 2;
  private static final int NO_SPACE = 28;
  private static final int QUOTA = 122;
  private static final int INTERRUPTED = 4;

  private DiskSpace() {}

  /** The C library's functions; loaded when first needed. */
  @SuppressWarnings("restricted") // as everything native is
  private static final class Native {
    private static final MethodHandle OPEN;
    private static final MethodHandle CLOSE;
    private static final MethodHandle ALLOCATE;

    static {
      Linker linker = Linker.nativeLinker();
      SymbolLookup library = linker.defaultLookup();
      boolean linux = System.getProperty("os.name").equals("Linux");
      if (linux && library.find("posix_fallocate").isPresent()) {
        OPEN =
            linker.downcallHandle(
                library.findOrThrow("open"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        CLOSE =
            linker.downcallHandle(
                library.findOrThrow("close"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        ALLOCATE =
            linker.downcallHandle(
                library.findOrThrow("posix_fallocate"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG));
      } else {
        OPEN = null;
        CLOSE = null;
        ALLOCATE = null;
      }
    }
  }

  static void allocate(Path path, FileChannel channel, long position, long sizeBytes)
      throws IOException {
    int error = INTERRUPTED;
    while (error == INTERRUPTED && Native.ALLOCATE != null) {
      error = allocateNatively(path, position, sizeBytes);
    }
    switch (error) {
      case 0 -> {}
      case NO_SPACE ->
          throw new FileSystemException(path.toString(), null, "No space left on device");
      case QUOTA -> throw new FileSystemException(path.toString(), null, "Disk quota exceeded");
      default -> // not there, or not for this file system
          writeZeroes(channel, Math.max(position, channel.size()), position + sizeBytes);
    }
  }

  private static int allocateNatively(Path path, long position, long sizeBytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path.toAbsolutePath().toString());
      int descriptor = (int) Native.OPEN.invokeExact(name, READ_WRITE);
      if (descriptor < 0) {
        throw new IOException("open: the file cannot be opened a second time");
      }
      int error = (int) Native.ALLOCATE.invokeExact(descriptor, position, sizeBytes);
      int closed = (int) Native.CLOSE.invokeExact(descriptor);
      assert closed == 0 : "nothing was written through the descriptor";
      return error;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native call cannot throw", e);
    }
  }

  private static void writeZeroes(FileChannel channel, long from, long to) throws IOException {
    ByteBuffer zeroes = ByteBuffer.allocate(ZEROES_BYTES);
    for (long at = from; at < to; at += zeroes.position()) {
      zeroes.position(0).limit((int) Math.min(ZEROES_BYTES, to - at));
      while (zeroes.hasRemaining()) {
        channel.write(zeroes, at + zeroes.position());
      }
    }
  }
}
