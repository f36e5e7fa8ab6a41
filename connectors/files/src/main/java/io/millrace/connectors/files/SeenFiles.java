package io.millrace.connectors.files;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Every file that was ever planned, and how it was then: one look-up per listed file. */
final class SeenFiles {
  private final Map<String, PlannedFile> files = new HashMap<>();
  private final Set<String> changed = new HashSet<>();

  void add(PlannedFile file) {
    files.put(file.name(), file);
  }

  boolean contains(String name) {
    return files.containsKey(name);
  }

  /**
   * Whether a file is no longer as it was planned and nobody was told so yet. Files that were never
   * planned have not changed.
   */
  boolean isNewlyChanged(String name, long modifiedUs, long sizeBytes) {
    PlannedFile planned = files.get(name);
    return planned != null
        && (planned.modifiedUs() != modifiedUs || planned.sizeBytes() != sizeBytes)
        && changed.add(name);
  }
}
