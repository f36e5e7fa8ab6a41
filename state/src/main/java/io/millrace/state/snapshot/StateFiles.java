package io.millrace.state.snapshot;

import io.millrace.state.storage.Storage;
import io.millrace.state.storage.StorageEntry;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the parts of a checkpoint's state are. */
record StateFiles(Path checkpoint) {
  private static final Pattern SNAPSHOT = Pattern.compile("snapshot-(0[0-8][0-9]{18})");
  private static final Pattern UNFINISHED = Pattern.compile("snapshot-[0-9]{20}\\.tmp");

  /** A file by whose name a snapshot of the state after an epoch stands in it. */
  record Snapshot(Path path, long epoch, long sizeBytes) {}

  Path directory() {
    return checkpoint.resolve("state");
  }

  Path journal() {
    return directory().resolve("journal");
  }

  Path schema() {
    return directory().resolve("schema.json");
  }

  Path snapshot(long epoch) {
    return directory().resolve(String.format(Locale.ROOT, "snapshot-%020d", epoch));
  }

  static Path unfinished(Path snapshot) {
    return snapshot.resolveSibling(snapshot.getFileName() + ".tmp");
  }

  /** Newest first. */
  List<Snapshot> snapshots(Storage storage) {
    return storage.list(directory()).stream()
        .filter(entry -> SNAPSHOT.matcher(name(entry)).matches())
        .map(StateFiles::snapshot)
        .toList()
        .reversed();
  }

  List<Path> unfinished(Storage storage) {
    return storage.list(directory()).stream()
        .filter(entry -> UNFINISHED.matcher(name(entry)).matches())
        .map(StorageEntry::path)
        .toList();
  }

  private static Snapshot snapshot(StorageEntry entry) {
    Matcher name = SNAPSHOT.matcher(name(entry));
    boolean matches = name.matches();
    assert matches : "only names of snapshots get here";
    return new Snapshot(entry.path(), Long.parseLong(name.group(1)), entry.sizeBytes());
  }

  private static String name(StorageEntry entry) {
    return entry.path().getFileName().toString();
  }

  /**
   * @param reason starts with the file or directory that is wrong
   */
  MillraceException refusal(String reason) {
    return new MillraceException(
        ErrorCode.CHECKPOINT,
        reason
            + "; `millrace checkpoint verify "
            + checkpoint
            + "` lists what is readable; restore the checkpoint from a backup, or use a new one");
  }

  MillraceException damaged(Path file, String reason) {
    return refusal(file + ": damaged: " + reason);
  }
}
