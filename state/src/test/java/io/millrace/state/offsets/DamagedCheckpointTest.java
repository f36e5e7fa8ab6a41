package io.millrace.state.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a disk or a hand may do to the files of a checkpoint of a hundred epochs: the next start
 * refuses, or its output is exact. It is never wrong, and nothing but a clear error is thrown.
 */
@ParameterizedClass
@EnumSource(JournalKind.class)
class DamagedCheckpointTest {
  private static final int EPOCHS = 100;
  private static final int FLIPS = 2_500;
  private static final int PAGE_BYTES = 4 << 10;

  @Parameter JournalKind kind;
  @TempDir Path parent;

  private final MiniatureQuery.Sink sink = new MiniatureQuery.Sink();
  private Map<Path, byte[]> files;
  private int refused;

  @BeforeEach
  void run() throws IOException {
    query(parent.resolve("whole"), kind, sink, EPOCHS);
    files = read();
    assertThat(files).hasSize(kind == JournalKind.FILE ? 2 : 3);
  }

  private static void query(Path directory, JournalKind kind, MiniatureQuery.Sink to, int epochs) {
    JournalOptions options = new JournalOptions(kind, Durability.DISK);
    new MiniatureQuery(directory, new UnforcedStorage(), options, CrashPoints.NONE).run(to, epochs);
  }

  /** All but the lock. */
  private Map<Path, byte[]> read() throws IOException {
    Path whole = parent.resolve("whole");
    Map<Path, byte[]> read = new TreeMap<>();
    try (Stream<Path> all = Files.walk(whole)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        if (!path.endsWith("lock")) {
          read.put(whole.relativize(path), Files.readAllBytes(path));
        }
      }
    }
    return read;
  }

  /** Starts on the files as they are, one of them changed. */
  private void startWith(Path changed, byte[] bytes, String how) {
    Path directory = parent.resolve("damaged");
    MiniatureQuery.Sink to = sink.copy();
    try {
      for (Map.Entry<Path, byte[]> file : files.entrySet()) {
        Path path = directory.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getKey().equals(changed) ? bytes : file.getValue());
      }
      query(directory, JournalKind.FILE, to, EPOCHS + 1); // which reads both, and opens fast
      assertThat(to.output()).as(how).isEqualTo(MiniatureQuery.letters(EPOCHS + 1));
    } catch (MillraceException e) {
      assertThat(e.code()).as(how + ": " + e.getMessage()).isEqualTo(ErrorCode.CHECKPOINT);
      refused++;
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void truncatedAtEveryByteOfItsLastPage() {
    files.forEach(
        (path, bytes) -> {
          for (int length = Math.max(0, bytes.length - PAGE_BYTES);
              length < bytes.length;
              length++) {
            startWith(path, Arrays.copyOf(bytes, length), path + " cut to " + length);
          }
        });
    assertThat(refused).isPositive();
  }

  @Test
  void bitsFlipped() {
    Random random = new Random(5);
    Path[] paths = files.keySet().toArray(Path[]::new);
    for (int i = 0; i < FLIPS; i++) {
      Path path = paths[random.nextInt(paths.length)];
      byte[] bytes = files.get(path).clone();
      int bit = random.nextInt(bytes.length * 8);
      bytes[bit / 8] ^= (byte) (1 << (bit % 8));
      startWith(path, bytes, path + " bit " + bit);
    }
    assertThat(refused).isPositive();
  }

  @Test
  void pagesZeroed() {
    files.forEach(
        (path, bytes) -> {
          for (int at = 0; at < bytes.length; at += PAGE_BYTES) {
            byte[] zeroed = bytes.clone();
            Arrays.fill(zeroed, at, Math.min(at + PAGE_BYTES, bytes.length), (byte) 0);
            startWith(path, zeroed, path + " zeroed at " + at);
          }
        });
    assertThat(refused).isPositive();
  }

  @Test
  void anOlderVersionOfAFile() throws IOException {
    Map<Path, byte[]> newer = files;
    for (int epochs : new int[] {1, 50, EPOCHS - 1}) {
      Path whole = parent.resolve("whole");
      delete(whole);
      query(whole, kind, new MiniatureQuery.Sink(), epochs);
      Map<Path, byte[]> older = read();
      files = newer;
      for (Map.Entry<Path, byte[]> file : older.entrySet()) {
        int before = refused;
        startWith(file.getKey(), file.getValue(), file.getKey() + " of epoch " + epochs);
        boolean holdsEpochs = file.getKey().toString().matches("offsets/.*(journal|cq4)");
        assertThat(refused - before).as("%s", file.getKey()).isEqualTo(holdsEpochs ? 1 : 0);
      }
    }
  }
}
