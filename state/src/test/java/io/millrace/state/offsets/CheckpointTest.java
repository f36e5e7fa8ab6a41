package io.millrace.state.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.Journal;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.journal.Journals;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.storage.Storage;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointTest {
  private static final List<String> OPERATORS =
      List.of("Scan json deviceId STRING", "Filter (temperature > 100.0)", "Project deviceId");

  private final Storage storage = new LocalStorage();

  @TempDir Path parent;
  private Path directory;

  @BeforeEach
  void chooseDirectory() {
    directory = parent.resolve("ck/alerts");
  }

  private static CheckpointMetadata query(List<String> operators, String... sources) {
    return new CheckpointMetadata(
        UUID.randomUUID(), "Millrace 0.1", operators, List.of(sources), "json in out");
  }

  private Checkpoint open(CheckpointMetadata query) {
    return Checkpoint.open(
        directory,
        query,
        storage,
        new JournalOptions(JournalKind.CHRONICLE, Durability.DISK),
        CrashPoints.NONE);
  }

  private Checkpoint open() {
    return open(query(OPERATORS, "json in in"));
  }

  private static void assertRefused(ThrowingCallable opening, String... parts) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT))
        .hasMessageContainingAll(parts);
  }

  private static List<Plan> plans(Checkpoint checkpoint) {
    List<Plan> plans = new ArrayList<>();
    checkpoint.plans(plans::add);
    return plans;
  }

  private static int crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void epochsComeBackAfterEveryRestart(Durability durability) {
    UUID first = null;
    List<Plan> written = new ArrayList<>();
    for (long epoch = 0; epoch < 5; epoch++) {
      CheckpointMetadata query = query(OPERATORS, "json in in", "rate");
      try (Checkpoint checkpoint =
          Checkpoint.open(
              directory,
              query,
              storage,
              new JournalOptions(JournalKind.CHRONICLE, durability),
              CrashPoints.NONE)) {
        first = first == null ? query.queryId() : first;
        assertThat(checkpoint.metadata().queryId()).isEqualTo(first);
        assertThat(checkpoint.nextEpoch()).isEqualTo(epoch);
        assertThat(plans(checkpoint)).isEqualTo(written);
        assertThat(checkpoint.uncommittedPlan()).isEmpty();
        Plan plan = new Plan(epoch, epoch * 1_000, List.of("{\"file\":\"ü \\\" 🚀\"}", ""));
        written.add(plan);
        int checksum = checkpoint.plan(plan);
        assertThat(checkpoint.uncommittedPlan()).contains(plan);
        long watermark = epoch == 0 ? Commit.NO_WATERMARK : epoch - 3;
        Commit commit = new Commit(epoch, watermark, "receipt " + epoch, checksum);
        checkpoint.commit(commit);
        assertThat(checkpoint.lastCommit()).contains(commit);
      }
      try (Checkpoint checkpoint =
          Checkpoint.open(
              directory,
              query,
              storage,
              new JournalOptions(JournalKind.CHRONICLE, durability),
              CrashPoints.NONE)) {
        assertThat(checkpoint.lastCommittedEpoch()).hasValue(epoch);
        long watermark = epoch == 0 ? Commit.NO_WATERMARK : epoch - 3;
        assertThat(checkpoint.lastCommit())
            .contains(new Commit(epoch, watermark, "receipt " + epoch, checkpoint.planChecksum()));
      }
    }
  }

  @Test
  void anUncommittedPlanComesBackWithItsChecksum() {
    Plan plan = new Plan(0, 5, List.of("a"));
    int checksum;
    try (Checkpoint checkpoint = open()) {
      assertThat(checkpoint.lastCommittedEpoch()).isEmpty();
      assertThat(checkpoint.planChecksum()).isZero();
      checksum = checkpoint.plan(plan);
      assertThat(checksum).isEqualTo(crc("{\"epoch\":0,\"arrivalTimeUs\":5,\"ranges\":[\"a\"]}"));
    }
    try (Checkpoint checkpoint = open()) {
      assertThat(checkpoint.uncommittedPlan()).contains(plan);
      assertThat(checkpoint.planChecksum()).isEqualTo(checksum);
      assertThat(checkpoint.nextEpoch()).isEqualTo(1);
      checkpoint.commit(new Commit(0, 1, "", checksum));
      assertThat(checkpoint.uncommittedPlan()).isEmpty();
    }
  }

  @Test
  void aRangeLargerThanAJsonParserLikesComesBack() {
    String range = "x".repeat(25_000_000);
    try (Checkpoint checkpoint = open()) {
      checkpoint.plan(new Plan(0, 0, List.of(range)));
    }
    try (Checkpoint checkpoint = open()) {
      assertThat(checkpoint.uncommittedPlan().orElseThrow().ranges().getFirst().length())
          .isEqualTo(range.length());
    }
  }

  @Test
  void everyTextComesBackAlsoHalfASurrogatePair() {
    Plan plan = new Plan(0, 0, List.of("\ud800", "a\udc00b", "\u0000\n\"\\", "\ufeff\uffff"));
    try (Checkpoint checkpoint = open()) {
      checkpoint.plan(plan);
    }
    try (Checkpoint checkpoint = open()) {
      assertThat(checkpoint.uncommittedPlan()).contains(plan);
    }
  }

  @Test
  void epochsOutOfOrderAreTheEnginesOwnFault() {
    try (Checkpoint checkpoint = open()) {
      assertBug(() -> checkpoint.plan(new Plan(1, 0, List.of())), "in the place of epoch 0");
      assertBug(() -> checkpoint.commit(new Commit(0, 0, "", 0)), "not the one that runs");
      int checksum = checkpoint.plan(new Plan(0, 0, List.of()));
      assertBug(() -> checkpoint.plan(new Plan(1, 0, List.of())), "before epoch 0 is committed");
      assertBug(() -> checkpoint.commit(new Commit(0, 0, "", checksum + 1)), "another plan");
      checkpoint.commit(new Commit(0, 0, "", checksum));
      checkpoint.plan(new Plan(1, 0, List.of()));
    }
  }

  private static void assertBug(ThrowingCallable call, String part) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUG))
        .hasMessageContaining(part);
  }

  @Test
  void anotherQueryIsRefusedByTheNameOfTheOperator() {
    open().close();
    List<String> changed = new ArrayList<>(OPERATORS);
    changed.set(1, "Filter (temperature > 90.0)");
    String message =
        "checkpoint "
            + directory
            + " was written by another query: operator 2 was Filter (temperature > 100.0), now"
            + " Filter (temperature > 90.0); use a new checkpointLocation, or run the old query";
    assertRefused(() -> open(query(changed, "json in in")), message);
    assertRefused(
        () -> open(query(OPERATORS.subList(0, 2), "json in in")),
        "operator 3 was Project deviceId, now nothing");
    assertRefused(() -> open(query(OPERATORS, "a", "b")), "it had 1 sources, now 2");
    try (Checkpoint checkpoint = open(query(OPERATORS, "json in elsewhere"))) {
      assertThat(checkpoint.metadata().sources()).containsExactly("json in in");
      checkpoint.requireSameQuery(OPERATORS);
      assertRefused(() -> checkpoint.requireSameQuery(changed), message);
    }
  }

  @Test
  void oneAtATimeHasIt() {
    try (Checkpoint first = open()) {
      assertThat(first.nextEpoch()).isZero();
      assertRefused(
          this::open, directory.resolve("lock") + ": locked by this process", "stop the other one");
    }
    open().close();
  }

  @Test
  void aRefusedCheckpointIsFreeAgain() {
    open().close();
    for (int i = 0; i < 2; i++) {
      assertRefused(() -> open(query(List.of("other"), "json in in")), "operator 1");
    }
    open().close();
  }

  @Test
  void lostFilesAreDamageNotANewCheckpoint() throws IOException {
    try (Checkpoint checkpoint = open()) {
      checkpoint.plan(new Plan(0, 0, List.of()));
    }
    Path metadata = directory.resolve("metadata.json");
    Path journal = directory.resolve("offsets/00000000000000000000.queue/19700101-0000.cq4");
    byte[] metadataBytes = Files.readAllBytes(metadata);
    Files.delete(metadata);
    assertRefused(this::open, "checkpoint " + directory + " is damaged: metadata.json is missing");
    Files.write(metadata, metadataBytes);
    byte[] journalBytes = Files.readAllBytes(journal);
    Files.delete(journal);
    assertRefused(this::open, "the journal in offsets is missing");
    Files.write(journal, journalBytes);
    try (Checkpoint checkpoint = open()) {
      assertThat(checkpoint.uncommittedPlan()).isPresent();
    }
  }

  @Test
  void metadataDamagedAnywhereIsRefused() throws IOException {
    open().close();
    Path metadata = directory.resolve("metadata.json");
    byte[] whole = Files.readAllBytes(metadata);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertRefused(() -> MetadataFile.decode(metadata, flipped), metadata + ": damaged");
    }
    for (int length = 0; length < whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      assertRefused(() -> MetadataFile.decode(metadata, torn), metadata + ": damaged");
    }
    assertThat(MetadataFile.decode(metadata, whole).operators()).isEqualTo(OPERATORS);
  }

  @Test
  void theMetadataOfANewerFormatIsRefused() throws IOException {
    open().close();
    Path metadata = directory.resolve("metadata.json");
    String text = Files.readString(metadata).replace("\"formatVersion\":1", "\"formatVersion\":2");
    String body = text.substring(0, text.indexOf(",\"crc32c\""));
    Files.writeString(metadata, body + ",\"crc32c\":\"%08x\"}\n".formatted(crc(body)));
    assertRefused(this::open, "written in checkpoint format 2", "reads format 1");
  }

  @Test
  void recordsThatDoNotMakeAHistoryAreDamage() {
    Plan second = new Plan(1, 0, List.of());
    Plan first = new Plan(0, 0, List.of());
    Commit commit = new Commit(0, 0, "", EpochFormat.checksum(EpochFormat.encode(first)));
    Commit wrongPlan = new Commit(0, 0, "", 7);
    Object[][] histories = {
      {second},
      {first, first},
      {first, second},
      {commit},
      {first, wrongPlan},
      {first, commit, commit}
    };
    for (int i = 0; i < histories.length; i++) {
      directory = parent.resolve("history" + i);
      open().close();
      Path offsets = directory.resolve("offsets");
      JournalOptions options = new JournalOptions(JournalKind.CHRONICLE, Durability.DISK);
      try (Journal journal = Journals.open(offsets, storage, options, CrashPoints.NONE)) {
        for (Object record : histories[i]) {
          switch (record) {
            case Plan plan -> journal.append(EpochFormat.PLAN, 0, EpochFormat.encode(plan));
            case Commit done -> journal.append(EpochFormat.COMMIT, 0, EpochFormat.encode(done));
            default -> throw new AssertionError(record);
          }
        }
      }
      int last = histories[i].length - 1;
      assertRefused(this::open, offsets + ": damaged at record " + last + ": epoch ");
    }
    directory = parent.resolve("unreadable");
    open().close();
    Path offsets = directory.resolve("offsets");
    try (Journal journal =
        Journals.open(
            offsets,
            storage,
            new JournalOptions(JournalKind.CHRONICLE, Durability.DISK),
            CrashPoints.NONE)) {
      journal.append(EpochFormat.PLAN, 0, ByteBuffer.wrap(new byte[] {'{', '"'}));
    }
    assertRefused(this::open, offsets + ": damaged at record 0: ");
  }

  @Test
  void placesThatCannotHoldACheckpointAreNamed() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");
    directory = file;
    assertThatThrownBy(this::open).hasMessageContaining(file + " is not a directory");
    directory = file.resolve("below");
    assertThatThrownBy(this::open).hasMessageContaining(file + " is not a directory");
    directory = Path.of("/proc/no-such-place/ck");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCES))
        .hasMessageStartingWith("/proc/no-such-place/ck: create directory: ");
  }
}
