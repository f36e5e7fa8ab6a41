package io.millrace.connectors.files;

import java.net.URI;
import java.nio.file.Path;

/**
 * How a file is named in the journal: by its path behind the source's base, so that a directory can
 * be moved together with its checkpoint. A name that Java cannot put into text, because its bytes
 * are not of the machine's character set, is written as a URI.
 */
final class FileName {
  private static final String URI_PREFIX = "file:///";
  private static final char REPLACEMENT = '\uFFFD';

  private FileName() {}

  static String of(Path base, Path file) {
    String text = file.toString();
    if (text.indexOf(REPLACEMENT) >= 0) {
      return file.toUri().toString();
    }
    String prefix = base.toString();
    if (prefix.isEmpty()) {
      return text;
    }
    int start = prefix.endsWith("/") ? prefix.length() : prefix.length() + 1;
    return start < text.length() ? text.substring(start) : text;
  }

  static Path resolve(Path base, String name) {
    return name.startsWith(URI_PREFIX) ? Path.of(URI.create(name)) : base.resolve(name);
  }

  /** Whether listings pass over this name: data only begins to be there, or it is no data. */
  static boolean isHidden(String name, boolean directory) {
    return name.startsWith(".") || name.startsWith("_") && !(directory && name.indexOf('=') > 0);
  }
}
