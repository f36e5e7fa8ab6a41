package io.millrace.state.storage;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * What files need of the C library and Java does not offer, on Linux with 64 bits, where the
 * numbers are known; loaded when first needed.
 */
@SuppressWarnings("restricted") // as everything native is
final class CLibrary {
  static final int READ_ONLY = 0;
  static final int READ_WRITE = 2;

  private static final int GET_LOCK = 5;
  private static final short READ_LOCK = 0;
  private static final short UNLOCKED = 2;

  /**
   * {@code struct flock}: type, whence, start, length, process; a length of 0 is the whole file.
   */
  private static final long LOCK_BYTES = 32;

  private static final MethodHandle OPEN;
  private static final MethodHandle CLOSE;
  private static final MethodHandle ALLOCATE;
  private static final MethodHandle CONTROL;

  static {
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    boolean linux =
        System.getProperty("os.name").equals("Linux")
            && ValueLayout.ADDRESS.byteSize() == Long.BYTES
            && library.find("posix_fallocate").isPresent();
    OPEN =
        !linux
            ? null
            : linker.downcallHandle(
                library.findOrThrow("open"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
    CLOSE =
        !linux
            ? null
            : linker.downcallHandle(
                library.findOrThrow("close"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    ALLOCATE =
        !linux
            ? null
            : linker.downcallHandle(
                library.findOrThrow("posix_fallocate"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG));
    CONTROL =
        !linux
            ? null
            : linker.downcallHandle(
                library.findOrThrow("fcntl"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
  }

  private CLibrary() {}

  /** Whether this machine is one that the other methods know. */
  static boolean isKnown() {
    return OPEN != null;
  }

  /** A descriptor; negative if the file cannot be opened. */
  static int open(Path path, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path.toAbsolutePath().toString());
      return (int) OPEN.invokeExact(name, mode);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  static void close(int descriptor) {
    try {
      int closed = (int) CLOSE.invokeExact(descriptor);
      assert closed == 0 : "nothing was written through the descriptor";
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** 0, or the error's number. */
  static int allocate(int descriptor, long position, long sizeBytes) {
    try {
      return (int) ALLOCATE.invokeExact(descriptor, position, sizeBytes);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** Whether another process has an exclusive lock on any byte; false if nobody can say. */
  static boolean isLocked(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lock = arena.allocate(LOCK_BYTES, Long.BYTES);
      lock.set(ValueLayout.JAVA_SHORT, 0, READ_LOCK);
      int failed = (int) CONTROL.invokeExact(descriptor, GET_LOCK, lock);
      return failed == 0 && lock.get(ValueLayout.JAVA_SHORT, 0) != UNLOCKED;
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  private static RuntimeException thrown(Throwable e) {
    return switch (e) {
      case RuntimeException known -> known;
      case Error known -> throw known;
      default -> new IllegalStateException("a native call cannot throw", e);
    };
  }
}
