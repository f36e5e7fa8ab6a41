package io.millrace.state.journal;

import java.nio.file.Path;

/**
 * What a look at one file found.
 *
 * @param file or the directory that the finding is about
 * @param records that are right and counted
 * @param sizeBytes of the file
 * @param position of the first byte that is not right; the end of what was written if all are; -1
 *     if the file is wrong as a whole
 * @param badBytes from there to the end of what was written; those that a start cuts if the end is
 *     unfinished
 * @param readableRecords whole records among the bad bytes
 * @param reason what is wrong, empty if nothing is
 */
public record FileFinding(
    Path file,
    State state,
    long records,
    long sizeBytes,
    long position,
    long badBytes,
    int readableRecords,
    String reason) {

  /** Whether a start goes on with the file. */
  public enum State {
    /** As it is. */
    OK,
    /** After it has cut an end that no force had covered: harmless. */
    UNFINISHED,
    /** After it has deleted the file, which a crash left behind: harmless. */
    LEFT_OVER,
    /** It passes over the file, which is damaged, and takes an older one in its place. */
    PASSED_OVER,
    /** No: it refuses. */
    DAMAGED
  }

  public static FileFinding ok(Path file, long sizeBytes) {
    return new FileFinding(file, State.OK, 0, sizeBytes, sizeBytes, 0, 0, "");
  }

  /** Of a file, or a directory, that is wrong as a whole. */
  public static FileFinding damaged(Path file, long sizeBytes, String reason) {
    return new FileFinding(file, State.DAMAGED, 0, sizeBytes, -1, 0, 0, reason);
  }

  public boolean isDamaged() {
    return state == State.DAMAGED;
  }
}
