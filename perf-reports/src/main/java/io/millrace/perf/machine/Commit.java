package io.millrace.perf.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The source that was measured.
 *
 * @param id short, or {@code unknown} without Git
 * @param changed whether tracked files differ from it
 */
public record Commit(String id, boolean changed) {

  /** Of the working tree around a folder. */
  public static Commit of(Path folder) {
    String id = git(folder, "rev-parse", "--short", "HEAD");
    return id.isEmpty()
        ? new Commit("unknown", false)
        : new Commit(id, !git(folder, "status", "--porcelain", "--untracked-files=no").isEmpty());
  }

  private static String git(Path folder, String... arguments) {
    try {
      ProcessBuilder builder = new ProcessBuilder("git");
      builder.command().addAll(java.util.List.of(arguments));
      Process git =
          builder.directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? text.strip() : "";
    } catch (IOException e) {
      return ""; // no Git here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Git", e);
    }
  }
}
