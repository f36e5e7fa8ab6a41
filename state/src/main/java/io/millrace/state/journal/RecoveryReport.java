package io.millrace.state.journal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What opening a journal found.
 *
 * @param firstSequence of the oldest record
 * @param nextSequence behind the newest record that was kept
 * @param cut the unfinished end that was taken away; empty after a clean stop
 */
public record RecoveryReport(
    Path directory, long firstSequence, long nextSequence, Optional<Cut> cut) {

  /**
   * Bytes at the end that no force had covered, of one segment, and of all later ones.
   *
   * @param position of the first byte that was taken away
   * @param sizeBytes how many bytes were taken away
   * @param readableFrames how many whole frames were among them, behind an unreadable one
   * @param reason what was wrong with the first frame
   */
  public record Cut(Path file, long position, long sizeBytes, int readableFrames, String reason) {}
}
