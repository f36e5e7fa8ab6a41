package io.millrace.connectors.files;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a query's files, a function of query, epoch, partition and part: {@code
 * part-00000-9f2c41d7-e00000012-p000.json}. The parts of an epoch count across its folders.
 */
final class PartName {
  private static final String NO_PARTITION = "part-00000-";
  private static final long NO_EPOCH = -1;

  private final String prefix;
  private final Pattern pattern;

  private PartName(String prefix) {
    this.prefix = prefix;
    this.pattern = Pattern.compile(prefix + "(\\d{8,18})-p\\d+\\..*");
  }

  static PartName ofQuery(UUID queryId) {
    return new PartName(NO_PARTITION + queryId.toString().substring(0, 8) + "-e");
  }

  String of(long epoch, int part, String extension) {
    return prefix + String.format("%08d-p%03d.%s", epoch, part, extension);
  }

  /** The epoch of a file of this query, -1 for every other name. */
  long epochOf(String name) {
    Matcher matcher = pattern.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : NO_EPOCH;
  }
}
