package io.millrace.connectors.files;

import io.millrace.types.AnalysisException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** What a file's name says about its bytes. */
final class Compression {
  private static final String GZIP = ".gz";
  private static final Set<String> UNKNOWN =
      Set.of(".zst", ".bz2", ".xz", ".lz4", ".snappy", ".deflate", ".lzo", ".br", ".zip");

  private Compression() {}

  static boolean isGzip(Path file) {
    return ending(file).equals(GZIP);
  }

  /**
   * @param owner whose file it is, for errors
   * @throws AnalysisException if the file is compressed in another way than gzip
   */
  static void requireKnown(String owner, Path file) {
    String ending = ending(file);
    if (UNKNOWN.contains(ending)) {
      throw new AnalysisException(
          owner
              + ": "
              + file
              + ": files that end in "
              + ending
              + " cannot be read, only plain ones and .gz; decompress it, or leave it out by"
              + " pathGlobFilter");
    }
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
  }
}
