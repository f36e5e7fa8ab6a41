package io.millrace.connectors.files;

import io.millrace.spi.Options;
import io.millrace.types.AnalysisException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * What every file format lets the user say about which files are read and how.
 *
 * @param owner whose options these are, for errors
 * @param recursive whether folders in a directory are read, too
 * @param nameFilter which file names are read; empty for all
 * @param maxFiles files per epoch at the most
 * @param maxBytes bytes per epoch at the most, but always one file
 * @param latestFirst whether the newest files are read first
 * @param ignoreMissing whether a planned file that has gone is passed over
 * @param maxFileAgeUs microseconds by which a file that was read and then taken out of the
 *     directory must be older than the newest one read before its name may be forgotten, see {@link
 *     SeenFiles}; a forgotten file that comes back is read again. Files that stay are never
 *     forgotten, and never too old to be read
 * @param chunkBytes how much is read at a time
 * @param maxLineBytes longest line that is no error, without its end
 */
record FileSourceOptions(
    String owner,
    InputPath path,
    boolean recursive,
    Optional<Glob> nameFilter,
    int maxFiles,
    long maxBytes,
    boolean latestFirst,
    boolean ignoreMissing,
    long maxFileAgeUs,
    int chunkBytes,
    int maxLineBytes) {
  private static final Set<String> NAMES =
      Set.of(
          "path",
          "recursiveFileLookup",
          "pathGlobFilter",
          "maxFilesPerTrigger",
          "maxBytesPerTrigger",
          "latestFirst",
          "ignoreMissingFiles",
          "maxFileAge",
          "chunkBytes",
          "maxLineBytes",
          "rejectsTo");
  private static final Duration DEFAULT_MAX_FILE_AGE = Duration.ofDays(7);
  private static final int DEFAULT_CHUNK_BYTES = 256 << 10;
  private static final int DEFAULT_MAX_LINE_BYTES = 128 << 20;
  private static final long MAX_BYTES_HELD = 1 << 30;

  /** The options' names together with a format's own, in order. */
  static Set<String> namesWith(Set<String> formatsOwn) {
    Set<String> all = new TreeSet<>(NAMES);
    all.addAll(formatsOwn);
    return all;
  }

  /**
   * @throws AnalysisException naming the option that is wrong
   */
  static FileSourceOptions parse(Options options) {
    String owner = options.owner();
    return new FileSourceOptions(
        owner,
        InputPath.parse(owner, options.require("path")),
        options.getBoolean("recursiveFileLookup", false),
        options.get("pathGlobFilter").map(text -> Glob.parse(owner, text)),
        (int)
            atLeastOne(
                options,
                "maxFilesPerTrigger",
                options.getLong("maxFilesPerTrigger", Integer.MAX_VALUE),
                Integer.MAX_VALUE),
        bytes(options, "maxBytesPerTrigger", Long.MAX_VALUE, Long.MAX_VALUE),
        options.getBoolean("latestFirst", false),
        options.getBoolean("ignoreMissingFiles", false),
        maxFileAgeUs(options),
        (int) bytes(options, "chunkBytes", DEFAULT_CHUNK_BYTES, MAX_BYTES_HELD),
        (int) bytes(options, "maxLineBytes", DEFAULT_MAX_LINE_BYTES, MAX_BYTES_HELD));
  }

  private static long maxFileAgeUs(Options options) {
    Duration age = options.getDuration("maxFileAge", DEFAULT_MAX_FILE_AGE);
    if (age.isNegative()) {
      throw new AnalysisException(
          options.owner() + ": option maxFileAge is negative, it must be such as 7 days");
    }
    return TimeUnit.MICROSECONDS.convert(age);
  }

  private static long bytes(Options options, String key, long otherwise, long max) {
    return atLeastOne(options, key, options.getBytes(key, otherwise), max);
  }

  private static long atLeastOne(Options options, String key, long value, long max) {
    if (value < 1 || value > max) {
      throw new AnalysisException(
          options.owner() + ": option " + key + " is " + value + ", it must be 1 to " + max);
    }
    return value;
  }
}
