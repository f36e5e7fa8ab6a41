package io.millrace.state.offsets;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.journal.Durability;
import io.millrace.state.journal.JournalKind;
import io.millrace.state.journal.JournalOptions;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code FORMAT.md} shows what is really written. */
class FormatPageTest {
  @TempDir Path directory;

  @Test
  void thePagesBytesAreThoseOfASegment() throws IOException {
    CheckpointMetadata query =
        new CheckpointMetadata(UUID.randomUUID(), "", List.of(), List.of("s"), "");
    JournalOptions options = new JournalOptions(JournalKind.FILE, Durability.DISK);
    try (Checkpoint checkpoint =
        Checkpoint.open(directory, query, new LocalStorage(), options, CrashPoints.NONE)) {
      int checksum = checkpoint.plan(new Plan(0, 1_760_097_720_000_000L, List.of("r")));
      checkpoint.commit(new Commit(0, Commit.NO_WATERMARK, "", checksum));
    }
    byte[] segment = Files.readAllBytes(directory.resolve("offsets/00000000000000000000.journal"));
    assertThat(Files.readString(Path.of("FORMAT.md"))).contains(dump(segment));
  }

  private static String dump(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < bytes.length; at += 16) {
      int end = Math.min(bytes.length, at + 16);
      StringBuilder letters = new StringBuilder();
      for (int i = at; i < end; i++) {
        letters.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
      }
      String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, at, end);
      text.append("%04x  %-47s  %s%n".formatted(at, hex, letters));
    }
    return text.toString();
  }
}
