package io.millrace.state.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Folders;
import io.millrace.state.storage.Storage;
import io.millrace.state.storage.UnforcedStorage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk may do to the file of a journal, and that no wrong record ever comes of it. */
class JournalDamageTest {
  private static final JournalOptions ONE_FILE =
      new JournalOptions(JournalKind.FILE, Durability.DISK);
  private static final JournalOptions SMALL_FILES =
      new JournalOptions(JournalKind.FILE, Durability.DISK, 300);

  private final Storage storage = new UnforcedStorage();

  @TempDir Path directory;

  private Journal open(JournalOptions options) {
    return Journals.open(directory, storage, options, CrashPoints.NONE);
  }

  private Path file(long firstSequence) {
    return Segment.plain(directory, firstSequence).path();
  }

  /** Where each frame starts, and behind the last one the length. */
  private static int[] starts(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    int[] starts = new int[bytes.length / Frame.HEADER_BYTES + 1];
    int frames = 0;
    for (int at = 0; at < bytes.length; at += Frame.sizeBytes(file, at)) {
      starts[frames++] = at;
    }
    starts[frames] = bytes.length;
    return Arrays.copyOf(starts, frames + 1);
  }

  private static int frameAt(int[] starts, int position) {
    int frame = Arrays.binarySearch(starts, position);
    return frame >= 0 ? frame : -frame - 2;
  }

  private static List<Long> first(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private void assertDamaged(Path file, int position, int record) {
    assertThatThrownBy(() -> open(ONE_FILE).close())
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT))
        .hasMessageStartingWith(
            file + ": damaged at byte " + position + " (record " + record + "): ");
  }

  @Test
  void aTailTornAtAnyByteIsCutAndTheJournalGoesOn() throws IOException {
    try (Journal journal = open(ONE_FILE)) {
      Records.appendForced(journal, 4);
      Records.append(journal, 4);
    }
    byte[] whole = Files.readAllBytes(file(0));
    int[] starts = starts(whole);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(0), Arrays.copyOf(whole, length));
      int kept = frameAt(starts, length);
      try (Journal journal = open(ONE_FILE)) {
        assertThat(Records.replay(journal, 0)).isEqualTo(first(kept));
        if (length == starts[kept]) {
          assertThat(journal.recovery().cut()).isEmpty();
        } else {
          RecoveryReport.Cut cut = journal.recovery().cut().orElseThrow();
          assertThat(cut.file()).isEqualTo(file(0));
          assertThat(cut.position()).isEqualTo(starts[kept]);
          assertThat(cut.sizeBytes()).isEqualTo(length - starts[kept]);
        }
        Records.append(journal, 2);
      }
      try (Journal journal = open(ONE_FILE)) {
        assertThat(Records.replay(journal, 0)).isEqualTo(first(kept + 2));
        assertThat(journal.recovery().cut()).isEmpty();
      }
    }
  }

  @Test
  void aFlippedBitInAForcedRecordIsDamageInALaterOneATail() throws IOException {
    try (Journal journal = open(ONE_FILE)) {
      Records.appendForced(journal, 3);
      Records.append(journal, 2);
    }
    byte[] whole = Files.readAllBytes(file(0));
    int[] starts = starts(whole);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file(0), flipped);
      int frame = frameAt(starts, bit / 8);
      if (frame < 3) {
        assertDamaged(file(0), starts[frame], frame);
        assertThat(Files.readAllBytes(file(0))).as("evidence stays").isEqualTo(flipped);
      } else {
        try (Journal journal = open(ONE_FILE)) {
          assertThat(Records.replay(journal, 0)).isEqualTo(first(frame));
          assertThat(journal.recovery().cut().orElseThrow().readableFrames()).isEqualTo(4 - frame);
        }
      }
    }
  }

  @Test
  void aZeroedStretchIsDamageOrATail() throws IOException {
    try (Journal journal = open(ONE_FILE)) {
      Records.appendForced(journal, 12);
      Records.append(journal, 4);
    }
    byte[] whole = Files.readAllBytes(file(0));
    int[] starts = starts(whole);
    for (int at = 0; at < whole.length; at += 7) {
      byte[] zeroed = whole.clone();
      Arrays.fill(zeroed, at, Math.min(at + 100, zeroed.length), (byte) 0);
      Files.write(file(0), zeroed);
      int frame = frameAt(starts, Arrays.mismatch(whole, zeroed));
      boolean headerLeft = at + 100 + Frame.HEADER_BYTES <= starts[15];
      if (frame < 12 && headerLeft) {
        assertDamaged(file(0), starts[frame], frame);
      } else if (frame >= 12) {
        try (Journal journal = open(ONE_FILE)) {
          assertThat(Records.replay(journal, 0)).isEqualTo(first(frame));
        }
      }
    }
  }

  @Test
  void anUnfinishedEndOfZeroesIsCut() throws IOException {
    try (Journal journal = open(ONE_FILE)) {
      Records.appendForced(journal, 3);
    }
    byte[] whole = Files.readAllBytes(file(0));
    Files.write(file(0), Arrays.copyOf(whole, whole.length + 4096));
    try (Journal journal = open(ONE_FILE)) {
      assertThat(Records.replay(journal, 0)).isEqualTo(first(3));
      assertThat(journal.recovery().cut().orElseThrow().sizeBytes()).isEqualTo(4096);
    }
  }

  @Test
  void equalRecordsInEachOthersPlaceAreDamage() throws IOException {
    ByteBuffer same = ByteBuffer.wrap(new byte[20]);
    try (Journal journal = open(ONE_FILE)) {
      for (int i = 0; i < 4; i++) {
        journal.append(1, 9, same);
        journal.force();
      }
    }
    byte[] bytes = Files.readAllBytes(file(0));
    int size = Frame.HEADER_BYTES + 20;
    byte[] second = Arrays.copyOfRange(bytes, size, 2 * size);
    System.arraycopy(bytes, 2 * size, bytes, size, size);
    System.arraycopy(second, 0, bytes, 2 * size, size);
    Files.write(file(0), bytes);
    assertDamaged(file(0), size, 1);
  }

  @Test
  void aRecordOfAnotherJournalIsNotAccepted() throws IOException {
    ByteBuffer mine = ByteBuffer.wrap(new byte[20]);
    ByteBuffer other =
        ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0});
    byte[][] files = new byte[2][];
    for (int i = 0; i < 2; i++) {
      Path own = directory.resolve("" + i);
      try (Journal journal = Journals.open(own, storage, ONE_FILE, CrashPoints.NONE)) {
        journal.append(1, 0, i == 0 ? mine : other);
        journal.append(1, 0, mine);
      }
      files[i] = Files.readAllBytes(Segment.plain(own, 0).path());
    }
    int size = Frame.HEADER_BYTES + 20;
    System.arraycopy(files[1], size, files[0], size, size);
    Files.write(file(0), files[0]);
    try (Journal journal = open(ONE_FILE)) {
      assertThat(journal.nextSequence()).isEqualTo(1);
      assertThat(journal.recovery().cut().orElseThrow().reason()).contains("does not belong");
    }
  }

  @Test
  void anythingWrongBeforeTheLastSegmentIsDamage() throws IOException {
    try (Journal journal = open(SMALL_FILES)) {
      Records.append(journal, 30);
    }
    List<Segment> segments = SegmentList.of(storage, directory).segments();
    assertThat(segments).hasSizeGreaterThan(4);
    for (Segment segment : segments.subList(0, segments.size() - 1)) {
      byte[] whole = Files.readAllBytes(segment.path());
      Files.write(segment.path(), Arrays.copyOf(whole, whole.length - 1));
      assertThatThrownBy(() -> open(SMALL_FILES).close())
          .isInstanceOf(MillraceException.class)
          .hasMessageStartingWith(segment.path() + ": damaged at byte ")
          .hasMessageContaining("a later file follows");
      if (segment.firstSequence() > 0) {
        Files.delete(segment.path());
        assertThatThrownBy(() -> open(SMALL_FILES).close())
            .isInstanceOf(MillraceException.class)
            .hasMessageContaining("record " + segment.firstSequence() + " should come next");
      }
      Files.write(segment.path(), whole);
    }
    try (Journal journal = open(SMALL_FILES)) {
      assertThat(Records.replay(journal, 0)).isEqualTo(first(30));
    }
  }

  /** A power cut may leave any of it; a segment is not forced before the next is begun. */
  @Test
  void withoutForcesAnUnfinishedEndMayBeginInAnySegment() throws IOException {
    JournalOptions unforced = new JournalOptions(JournalKind.FILE, Durability.PROCESS, 300);
    try (Journal journal = open(unforced)) {
      Records.append(journal, 12);
      journal.dropBefore(0); // what is full so far is forced
      Records.append(journal, 18);
    }
    List<Segment> segments = SegmentList.of(storage, directory).segments();
    Map<Path, byte[]> whole = Folders.read(directory);
    int cuts = 0;
    int damages = 0;
    for (int i = 0; i < segments.size(); i++) {
      byte[] bytes = whole.get(directory.relativize(segments.get(i).path()));
      for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1, bytes.length}) {
        for (int behind = 0; behind < 3; behind++) { // whole, empty, missing
          Folders.delete(directory);
          Folders.write(directory, whole);
          Files.write(segments.get(i).path(), Arrays.copyOf(bytes, length));
          for (Segment later : segments.subList(i + 1, segments.size())) {
            if (behind > 0) {
              Files.delete(later.path());
            }
            if (behind == 1) {
              Files.createFile(later.path());
            }
          }
          int kept = (int) segments.get(i).firstSequence() + frameAt(starts(bytes), length);
          boolean usable = !JournalInspection.of(storage, directory, record -> {}).isDamaged();
          try (Journal journal = open(unforced)) {
            int found = (int) journal.nextSequence();
            boolean all = length == bytes.length && behind == 0;
            assertThat(found).isEqualTo(all ? 30 : kept);
            assertThat(usable).isTrue();
            assertThat(Records.replay(journal, 0)).isEqualTo(first(found));
            Records.append(journal, 20);
            cuts++;
          } catch (MillraceException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT);
            assertThat(kept).as("what was forced").isLessThan(12);
            assertThat(usable).isFalse();
            damages++;
            continue;
          }
          try (Journal journal = open(unforced)) {
            assertThat(journal.recovery().cut()).isEmpty();
            assertThat(Records.replay(journal, 0)).isEqualTo(first((int) journal.nextSequence()));
          }
        }
      }
    }
    assertThat(cuts).isGreaterThan(30);
    assertThat(damages).isPositive();
  }

  @Test
  void aNewerFormatIsRefusedNotCut() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    Frame.putHeader(
        header, 0, 0, 0, -1, 0, Frame.checksum(ByteBuffer.allocate(0)), 0, new CRC32C());
    header.put(4, (byte) 2);
    header.putInt(44, Frame.checksum(header.slice(0, 44)));
    Files.write(file(0), header.array());
    assertThatThrownBy(() -> open(ONE_FILE).close())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("written in journal format 2");
    assertThat(Files.readAllBytes(file(0))).isEqualTo(header.array());
  }
}
