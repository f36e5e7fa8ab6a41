package io.millrace.connectors.files;

import io.millrace.types.AnalysisException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The option {@code path} of a source: a place, and behind it a pattern for each further name.
 *
 * @param text as the user wrote it
 * @param base the names up to the first pattern
 * @param patterns what follows; an empty one stands for {@code **}, any number of folders
 */
record InputPath(String text, Path base, List<Optional<Glob>> patterns) {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/.*");

  InputPath {
    patterns = List.copyOf(patterns);
  }

  boolean isGlob() {
    return !patterns.isEmpty();
  }

  /**
   * @param owner whose path it is, for errors
   * @throws AnalysisException if it names another file system or a pattern is wrong
   */
  static InputPath parse(String owner, String text) {
    String local = local(owner, text);
    List<Optional<Glob>> patterns = new ArrayList<>();
    int baseEnd = local.length();
    for (int start = 0; start < local.length(); ) {
      int end = local.indexOf('/', start);
      end = end < 0 ? local.length() : end;
      String name = local.substring(start, end);
      if (!patterns.isEmpty() || Glob.isPattern(name)) {
        if (patterns.isEmpty()) {
          baseEnd = start;
        }
        add(owner, name, patterns);
      }
      start = end + 1;
    }
    return new InputPath(text, path(owner, local.substring(0, baseEnd)), patterns);
  }

  /** A path of this machine, written plainly or as {@code file:///...}. */
  static Path local(String owner, String option, String text) {
    return path(owner + ": option " + option, local(owner, text));
  }

  private static void add(String owner, String name, List<Optional<Glob>> patterns) {
    if (name.equals("**")) {
      if (patterns.isEmpty() || patterns.getLast().isPresent()) {
        patterns.add(Optional.empty());
      }
    } else if (!name.isEmpty() && !name.equals(".")) {
      patterns.add(Optional.of(Glob.parse(owner, name)));
    }
  }

  private static String local(String owner, String text) {
    var scheme = SCHEME.matcher(text);
    if (!scheme.matches()) {
      return text;
    }
    if (!scheme.group(1).equalsIgnoreCase("file")) {
      throw new AnalysisException(
          owner
              + ": path "
              + text
              + " is on "
              + scheme.group(1)
              + "; only local files can be read");
    }
    String path = text.substring("file:".length());
    return path.startsWith("///") ? path.substring(2) : path;
  }

  private static Path path(String owner, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new AnalysisException(owner + ": path " + text + ": " + e.getReason(), e);
    }
  }
}
