package io.millrace.state.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a disk makes of the bytes, looking at them says what a start then does. */
class CheckpointFuzzTest {
  private static final long SEED = Long.getLong("millrace.seed", 20_261_121);
  private static final int PAGE_BYTES = 4096;

  private final Storage storage = new UnforcedStorage();
  private final Random random = new Random(SEED);

  @TempDir Path parent;

  private Checkpoint open(Path directory, JournalKind kind, long segmentBytes) {
    CheckpointMetadata query =
        new CheckpointMetadata(UUID.randomUUID(), "", List.of("Scan"), List.of("a"), "json");
    JournalOptions options = new JournalOptions(kind, Durability.DISK, segmentBytes);
    return Checkpoint.open(directory, query, storage, options, CrashPoints.NONE);
  }

  private Map<Path, byte[]> written(JournalKind kind) throws IOException {
    Path directory = parent.resolve("written");
    try (Checkpoint checkpoint = open(directory, kind, 3_000)) {
      for (int epoch = 0; epoch < 80; epoch++) {
        Plan plan = new Plan(epoch, epoch, List.of("r".repeat(random.nextInt(300))));
        checkpoint.commit(new Commit(epoch, epoch, "", checkpoint.plan(plan)));
        checkpoint.clean(() -> List.of(List.of("m")).iterator());
      }
      checkpoint.plan(new Plan(80, 0, List.of("last")));
    }
    Map<Path, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
          end--;
        }
        // Most of the room that a queue keeps for more has nothing to tell.
        int kept = Math.min(bytes.length, end + 2 * PAGE_BYTES);
        files.put(directory.relativize(file), Arrays.copyOf(bytes, kept));
      }
    }
    return files;
  }

  private byte[] spoil(byte[] bytes) {
    byte[] spoilt = bytes.clone();
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> spoilt = Arrays.copyOf(spoilt, at);
      case 1 -> Arrays.fill(spoilt, at, Math.min(spoilt.length, at + PAGE_BYTES), (byte) 0);
      case 2 -> {
        int page = at / PAGE_BYTES * PAGE_BYTES;
        Arrays.fill(spoilt, page, Math.min(spoilt.length, page + PAGE_BYTES), (byte) 0);
      }
      case 3 -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(400), bytes.length - Math.max(at, from));
        System.arraycopy(bytes, from, spoilt, at, length);
      }
      case 4 -> {
        byte[] noise = new byte[Math.min(random.nextInt(64), bytes.length - at)];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, spoilt, at, noise.length);
      }
      default -> spoilt[at] ^= (byte) (1 << random.nextInt(8));
    }
    return spoilt;
  }

  private Path copy(Map<Path, byte[]> files, int round) throws IOException {
    Path directory = parent.resolve("round" + round);
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return directory;
  }

  @ParameterizedTest
  @EnumSource(JournalKind.class)
  void aSpoiltCheckpointIsToldAsAStartFindsIt(JournalKind kind) throws IOException {
    Map<Path, byte[]> files = written(kind);
    List<Path> names = List.copyOf(files.keySet());
    int refused = 0;
    int rounds = 250;
    for (int round = 0; round < rounds; round++) {
      Map<Path, byte[]> spoilt = new TreeMap<>(files);
      Path victim = names.get(random.nextInt(names.size()));
      if (random.nextInt(20) == 0) {
        spoilt.remove(victim);
      } else if (files.get(victim).length > 0) {
        spoilt.put(victim, spoil(files.get(victim)));
      }
      Path directory = copy(spoilt, round);
      String what = "seed " + SEED + ", round " + round + ", " + victim;

      Optional<CheckpointInspection> found = CheckpointInspection.of(directory, storage);
      boolean usable = found.map(CheckpointInspection::isUsable).orElse(true);
      try (Checkpoint checkpoint = open(directory, JournalKind.FILE, 3_000)) {
        assertThat(usable).as(what).isTrue();
        assertThat(found.orElseThrow().uncommitted())
            .as(what)
            .isEqualTo(checkpoint.uncommittedPlan().stream().mapToLong(Plan::epoch).findAny());
        assertThat(found.get().lastCommit()).as(what).isEqualTo(checkpoint.lastCommit());
      } catch (MillraceException e) {
        assertThat(usable).as(what + ": " + e.getMessage()).isFalse();
        refused++;
      }
    }
    assertThat(refused)
        .as("rounds that were damage, and others")
        .isBetween(rounds / 10, rounds - 20);
  }

  @Test
  void noiseIsNeverMoreThanDamage() throws IOException {
    for (int round = 0; round < 200; round++) {
      Path offsets = Files.createDirectories(parent.resolve(round + "/offsets"));
      byte[] noise = new byte[random.nextInt(3 * PAGE_BYTES)];
      random.nextBytes(noise);
      Files.write(offsets.resolve("00000000000000000000.journal"), noise);
      Path queue = Files.createDirectory(offsets.resolve("00000000000000000007.queue"));
      Files.write(queue.resolve("19700101-0000.cq4"), noise);
      Files.write(parent.resolve(round + "/metadata.json"), noise);
      assertThat(CheckpointInspection.of(parent.resolve("" + round), storage).orElseThrow())
          .as("seed %s, round %s", SEED, round)
          .matches(found -> !found.isUsable());
    }
  }
}
