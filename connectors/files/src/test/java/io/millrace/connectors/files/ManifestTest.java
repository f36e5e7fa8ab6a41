package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.storage.CrashPoint;
import io.millrace.state.storage.CrashPoints;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifest's generations. */
class ManifestTest {
  private static final long GENERATION_BYTES = 300;

  @TempDir Path out;

  private OutputDirectory directory(CrashPoints points) {
    OutputDirectory directory =
        new OutputDirectory(out, SinkRun.QUERY, new ForwardingStorage(), points, true);
    directory.create();
    return directory;
  }

  private Manifest open(CrashPoints points) {
    return Manifest.open(directory(points), GENERATION_BYTES);
  }

  private Manifest open() {
    return open(CrashPoints.NONE);
  }

  private static ManifestEntry entry(long epoch) {
    return new ManifestEntry(epoch, (int) epoch + 7, 1, List.of());
  }

  private static long last(Manifest manifest) {
    return manifest.last().map(ManifestEntry::epoch).orElse(-1L);
  }

  private static void append(Manifest manifest, long toEpoch) {
    for (long epoch = last(manifest) + 1; epoch <= toEpoch; epoch++) {
      manifest.append(entry(epoch));
    }
  }

  private List<Long> generations() {
    return directory(CrashPoints.NONE).manifestGenerations();
  }

  private Path file(long generation) {
    return directory(CrashPoints.NONE).manifest(generation);
  }

  @Test
  void theNewestTwoFilesSayAll() {
    for (int epoch = 0; epoch < 60; epoch++) {
      try (Manifest manifest = open()) {
        assertThat(last(manifest)).isEqualTo(epoch - 1);
        append(manifest, epoch);
      }
      List<Long> generations = generations();
      assertThat(generations).hasSizeBetween(1, 2);
      try (Manifest manifest = open()) {
        assertThat(manifest.last()).contains(entry(epoch));
        assertThat(manifest.committed(epoch)).isPresent();
        assertThat(epoch == 0 || manifest.committed(epoch - 1).isPresent()).isTrue();
      }
    }
    assertThat(generations().getFirst()).isGreaterThan(2);
    assertThat(file(0).getFileName()).hasToString(SinkRun.QUERY + ".manifest");
    assertThat(file(3).getFileName()).hasToString(SinkRun.QUERY + ".3.manifest");
  }

  @Test
  void twentyThousandEpochsTakeNoMoreThanTwoFiles() throws IOException {
    try (Manifest manifest = open()) {
      append(manifest, 20_000);
    }
    long bytes = 0;
    for (long generation : generations()) {
      bytes += Files.size(file(generation));
    }
    assertThat(bytes).isLessThan(3 * GENERATION_BYTES);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterACrashAtAnyPoint() throws IOException {
    Set<CrashPoint> reached = EnumSet.noneOf(CrashPoint.class);
    for (int at = 0, lastAt = Integer.MAX_VALUE; at < lastAt; at++) {
      int[] left = {at};
      CrashPoints points =
          point -> {
            reached.add(point);
            if (left[0]-- == 0) {
              throw new IllegalStateException("crash at " + point);
            }
          };
      long acknowledged = -1;
      try (Manifest manifest = open(points)) {
        for (long epoch = 0; epoch < 20; epoch++) {
          manifest.append(entry(epoch));
          acknowledged = epoch;
        }
        lastAt = at;
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageStartingWith("crash at");
      }
      try (Manifest manifest = open()) {
        assertThat(last(manifest)).as("point %d", at).isBetween(acknowledged, acknowledged + 1);
        append(manifest, 25);
      }
      try (Manifest manifest = open()) {
        assertThat(last(manifest)).isEqualTo(25);
        assertThat(generations()).hasSize(2);
      }
      for (long generation : generations()) {
        Files.delete(file(generation));
      }
    }
    assertThat(reached)
        .containsExactlyInAnyOrder(
            CrashPoint.BEFORE_MANIFEST_WRITE,
            CrashPoint.AFTER_MANIFEST_WRITE,
            CrashPoint.BEFORE_FORCE,
            CrashPoint.AFTER_FORCE,
            CrashPoint.BEFORE_DELETE,
            CrashPoint.AFTER_DELETE);
  }

  @Test
  void theNewestFileMayEndAnywhere() throws IOException {
    firstEpochOfGeneration(1);
    byte[] oldest = Files.readAllBytes(file(0));
    long first = firstEpochOfGeneration(2);
    byte[] previous = Files.readAllBytes(file(1));
    try (Manifest manifest = open()) {
      append(manifest, first + 1);
    }
    byte[] newest = Files.readAllBytes(file(2));
    long lineBytes = newest.length / 2;
    for (int length = 0; length < newest.length; length++) {
      Files.write(file(2), Arrays.copyOf(newest, length));
      long whole = first - 1 + length / lineBytes;
      try (Manifest manifest = open()) {
        assertThat(last(manifest)).as("%d bytes", length).isEqualTo(whole);
        append(manifest, first + 1);
      }
      assertThat(Files.readAllBytes(file(2))).isEqualTo(newest);
      assertThat(Files.readAllBytes(file(1))).isEqualTo(previous);
    }
    Files.delete(file(2));
    Files.write(file(0), oldest); // deleted only when the new name is safe
    try (Manifest manifest = open()) {
      assertThat(last(manifest)).as("the new name was lost").isEqualTo(first - 1);
      append(manifest, first + 1);
    }
    assertThat(Files.readAllBytes(file(2))).isEqualTo(newest);
  }

  /** Appends until that generation's first line is there, and says which epoch that is. */
  private long firstEpochOfGeneration(long generation) {
    try (Manifest manifest = open()) {
      while (!Files.exists(file(generation))) {
        append(manifest, last(manifest) + 1);
      }
      return last(manifest);
    }
  }

  @Test
  void aTornLineInAFullFileIsCutOffBeforeTheNextFileBegins() throws IOException {
    long first = firstEpochOfGeneration(1);
    Files.delete(file(1));
    byte[] whole = Files.readAllBytes(file(0));
    Files.write(file(0), Arrays.copyOf(whole, whole.length + 5));
    try (Manifest manifest = open()) {
      assertThat(last(manifest)).isEqualTo(first - 1);
      append(manifest, first);
    }
    assertThat(Files.readAllBytes(file(0))).isEqualTo(whole);
    try (Manifest manifest = open()) {
      assertThat(last(manifest)).isEqualTo(first);
    }
  }

  @Test
  void damageToThePreviousFileIsRefused() throws IOException {
    firstEpochOfGeneration(2);
    byte[] previous = Files.readAllBytes(file(1));
    for (int length = 0; length < previous.length; length++) {
      Files.write(file(1), Arrays.copyOf(previous, length));
      if (length > 0 && previous[length - 1] == '\n') {
        continue; // ends in a whole line
      }
      assertRefused("it ends at position ");
    }
    Files.delete(file(1));
    assertRefused("it is missing");
  }

  private void assertRefused(String part) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT))
        .hasMessageStartingWith(file(1) + ": " + part);
  }

  @Test
  void anotherQueryIsNamedOnceWhateverItsGenerations() throws IOException {
    firstEpochOfGeneration(3);
    assertThat(generations()).containsExactly(2L, 3L);
    OutputDirectory other =
        new OutputDirectory(
            out, SinkRun.OTHER_QUERY, new ForwardingStorage(), CrashPoints.NONE, true);
    assertThat(other.otherQueries()).containsExactly(SinkRun.QUERY.toString());
    assertThat(other.manifestGenerations()).isEmpty();
    other.create();
    other.deleteOthers();
    try (Stream<Path> left = Files.list(out.resolve("_millrace"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .allMatch(name -> name.startsWith(SinkRun.OTHER_QUERY.toString()));
    }
  }
}
