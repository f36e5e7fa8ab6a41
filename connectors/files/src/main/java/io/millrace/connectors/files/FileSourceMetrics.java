package io.millrace.connectors.files;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a file source passed over; each file is logged once. */
final class FileSourceMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

  private final String owner;
  private final AtomicLong changedFiles = new AtomicLong();
  private final AtomicLong missingFiles = new AtomicLong();

  FileSourceMetrics(String owner) {
    this.owner = owner;
  }

  void changed(Object file) {
    changedFiles.incrementAndGet();
    LOG.warn(
        "{}: {} has changed since it was read or planned; the change is ignored. Write new data to"
            + " a new file",
        owner,
        file);
  }

  void missing(Object file) {
    missingFiles.incrementAndGet();
    LOG.warn("{}: {} was planned but has gone; it is passed over", owner, file);
  }

  /** {@code changedFiles} and {@code missingFiles}. */
  Map<String, Long> values() {
    return Map.of("changedFiles", changedFiles.get(), "missingFiles", missingFiles.get());
  }
}
