package io.millrace.gateway.checkpoint;

import io.millrace.runtime.InputRangeText;
import io.millrace.state.journal.FileFinding;
import io.millrace.state.offsets.CheckpointInspection;
import io.millrace.state.offsets.CheckpointMetadata;
import io.millrace.state.offsets.Commit;
import io.millrace.state.storage.LocalStorage;
import io.millrace.state.table.StateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** How far a query has come, as its checkpoint tells. */
public final class ShownCheckpoint {
  private final CheckpointInspection found;
  private final CheckpointMetadata query;

  /** The offset behind all that was ever planned of a source; null if nothing was. */
  record SourceEnd(String source, String end) {}

  /**
   * @throws io.millrace.types.MillraceException {@code CHECKPOINT} if it is damaged
   */
  public ShownCheckpoint(CheckpointInspection found) {
    found.requireUsable();
    this.found = found;
    this.query = found.metadata().orElseThrow();
  }

  /** Lines of a name and a value. */
  public String text() {
    return ShownText.of(this);
  }

  /** One object; {@link ShownJson} has its fields. */
  public String json() {
    return ShownJson.of(this);
  }

  CheckpointInspection found() {
    return found;
  }

  CheckpointMetadata query() {
    return query;
  }

  OptionalLong committed() {
    return found.lastCommit().stream().mapToLong(Commit::epoch).findAny();
  }

  OptionalLong watermarkUs() {
    return found.lastCommit().stream()
        .mapToLong(Commit::watermarkUs)
        .filter(us -> us != Commit.NO_WATERMARK)
        .findAny();
  }

  /** One per source. */
  List<SourceEnd> ends() {
    List<String> ranges = found.lastRanges();
    List<SourceEnd> ends = new ArrayList<>();
    for (int i = 0; i < query.sources().size(); i++) {
      String range = i < ranges.size() ? ranges.get(i) : "";
      String end = range.isEmpty() ? null : InputRangeText.parse(range).end();
      ends.add(new SourceEnd(query.sources().get(i), end));
    }
    return ends;
  }

  /** How many rows each stateful operator has after the last commit; none before the first. */
  List<Integer> stateRows() {
    boolean committed =
        found.lastCommit().filter(last -> last.stateSequence() != Commit.NO_STATE).isPresent();
    if (!committed) {
      return List.of();
    }
    try (BufferAllocator allocator = new RootAllocator()) {
      return StateReader.open(found.directory(), new LocalStorage()).rowCounts(allocator);
    }
  }

  List<String> kinds() {
    return found.kinds().stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** The journal's files that count; the metadata's finding comes first. */
  long segments() {
    return found.findings().stream()
        .skip(1)
        .filter(file -> file.state() != FileFinding.State.LEFT_OVER)
        .count();
  }
}
