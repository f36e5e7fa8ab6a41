package io.millrace.state.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a disk holds for sure below a folder, and what of the rest it may hold after a power cut.
 *
 * <p>Writes are found by comparing the files between two looks, so that those through mapped memory
 * are seen, too. A write is a sector of 512 bytes; each may be there or not, or torn anywhere,
 * until its file is forced. Names come and go in order, as in a file system with a journal, and are
 * safe when their folder is forced.
 */
public final class DiskModel {
  private static final int SECTOR_BYTES = 512;

  private final Path root;
  private final Map<Long, Integer> fileOfInode = new HashMap<>();
  private final List<byte[]> seen = new ArrayList<>();
  private final List<byte[]> safe = new ArrayList<>();
  private Map<Path, Integer> names = new TreeMap<>();
  private final Map<Path, Integer> safeNames = new TreeMap<>();
  private final List<Write> writes = new ArrayList<>();
  private final List<Naming> namings = new ArrayList<>();

  /** Bytes of one sector, or behind them only a new length. */
  private record Write(int file, int at, byte[] bytes, int length) {}

  /** All that one step did to names: file numbers by path, null for one that went. */
  private record Naming(Map<Path, Integer> changes) {}

  /** Which of the writes that are not safe a power cut leaves. */
  public enum Outcome {
    NONE,
    ALL,
    ALL_BUT_ONE,
    PREFIX,
    RANDOM
  }

  public DiskModel(Path root) {
    this.root = root;
  }

  /** Compares with the last look. */
  public void look() {
    try {
      Map<Path, Integer> now = new TreeMap<>();
      try (Stream<Path> all = Files.walk(root)) {
        for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
          long inode = (Long) Files.getAttribute(path, "unix:ino");
          Integer file = fileOfInode.get(inode);
          if (file == null) {
            file = seen.size();
            fileOfInode.put(inode, file);
            seen.add(new byte[0]);
            safe.add(new byte[0]);
          }
          compare(file, withoutRoom(Files.readAllBytes(path)));
          now.put(root.relativize(path), file);
        }
      }
      fileOfInode.values().retainAll(now.values());
      Map<Path, Integer> changes = new TreeMap<>();
      now.forEach(
          (path, file) -> {
            if (!file.equals(names.get(path))) {
              changes.put(path, file);
            }
          });
      names.keySet().stream()
          .filter(path -> !now.containsKey(path))
          .forEach(path -> changes.put(path, null));
      if (!changes.isEmpty()) {
        namings.add(new Naming(changes));
      }
      names = now;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compare(int file, byte[] now) {
    byte[] before = seen.get(file);
    if (before.length != now.length) {
      writes.add(new Write(file, 0, null, now.length));
      before = Arrays.copyOf(before, now.length);
    }
    int at = Arrays.mismatch(before, now);
    while (at >= 0) {
      int start = at / SECTOR_BYTES * SECTOR_BYTES;
      int end = Math.min(start + SECTOR_BYTES, now.length);
      writes.add(new Write(file, start, Arrays.copyOfRange(now, start, end), now.length));
      int next = Arrays.mismatch(before, end, before.length, now, end, now.length);
      at = next < 0 ? -1 : end + next;
    }
    seen.set(file, now);
  }

  /** A file was forced. */
  public void forced(Path path) {
    look();
    Integer file = names.get(root.relativize(path));
    if (file != null) {
      safe.set(file, seen.get(file));
      writes.removeIf(write -> write.file == file);
    }
  }

  /** A folder was forced. */
  public void forcedDirectory(Path directory) {
    look();
    for (Naming naming : namings) {
      naming.changes.forEach(
          (path, file) -> {
            if (root.resolve(path).getParent().equals(directory)) {
              put(safeNames, path, file);
            }
          });
      naming.changes.keySet().removeIf(path -> root.resolve(path).getParent().equals(directory));
    }
    namings.removeIf(naming -> naming.changes.isEmpty());
  }

  private static void put(Map<Path, Integer> names, Path path, Integer file) {
    if (file == null) {
      names.remove(path);
    } else {
      names.put(path, file);
    }
  }

  /** How many writes are not safe. */
  public int unsafeWrites() {
    return writes.size();
  }

  /** Makes in an empty folder what a power cut now could leave. */
  public void materialize(Outcome outcome, Random random, Path into) {
    Map<Integer, byte[]> contents = new HashMap<>();
    int one = writes.isEmpty() ? -1 : random.nextInt(writes.size());
    for (int i = 0; i < writes.size(); i++) {
      boolean there =
          switch (outcome) {
            case NONE -> false;
            case ALL -> true;
            case ALL_BUT_ONE -> i != one;
            case PREFIX -> i <= one;
            case RANDOM -> random.nextBoolean();
          };
      boolean torn = i == one && (outcome == Outcome.PREFIX || outcome == Outcome.ALL_BUT_ONE);
      if (there || torn) {
        Write write = writes.get(i);
        byte[] old = contents.getOrDefault(write.file, safe.get(write.file));
        contents.put(write.file, apply(write, old, torn ? random.nextInt(SECTOR_BYTES) : -1));
      }
    }
    Map<Path, Integer> left = new TreeMap<>(safeNames);
    int namingsLeft =
        switch (outcome) {
          case NONE -> 0;
          case ALL -> namings.size();
          default -> random.nextInt(namings.size() + 1);
        };
    for (Naming naming : namings.subList(0, namingsLeft)) {
      naming.changes.forEach((path, file) -> put(left, path, file));
    }
    left.forEach(
        (path, file) -> write(into.resolve(path), contents.getOrDefault(file, safe.get(file))));
  }

  private static byte[] apply(Write write, byte[] old, int tornAt) {
    if (write.bytes == null) {
      return Arrays.copyOf(old, write.length);
    }
    int count = tornAt < 0 ? write.bytes.length : Math.min(tornAt, write.bytes.length);
    byte[] now = Arrays.copyOf(old, Math.max(old.length, write.at + count));
    System.arraycopy(write.bytes, 0, now, write.at, count);
    return now;
  }

  private static void write(Path path, byte[] bytes) {
    try {
      Files.createDirectories(path.getParent());
      Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the zeroes at the end, which stand for room, but for a sector that may be data. */
  private static byte[] withoutRoom(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    int sectors = (length + 2 * SECTOR_BYTES - 1) / SECTOR_BYTES;
    return Arrays.copyOf(bytes, Math.min(bytes.length, sectors * SECTOR_BYTES));
  }
}
