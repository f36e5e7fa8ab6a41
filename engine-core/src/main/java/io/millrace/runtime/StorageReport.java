package io.millrace.runtime;

import io.millrace.state.journal.RecoveryReport;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What progress says of a query's disks.
 *
 * @param cut the unfinished end that was taken off the checkpoint's journal at the start
 */
record StorageReport(DiskPauses pauses, Optional<RecoveryReport.Cut> cut) {
  /** Without an entry when there is nothing to say. */
  Map<String, String> entries() {
    Map<String, String> entries = new TreeMap<>();
    if (pauses.count() > 0) {
      entries.put("numDiskFullPauses", Long.toString(pauses.count()));
    }
    cut.ifPresent(
        found -> {
          entries.put("recoveryCutFile", found.file().toString());
          entries.put("recoveryCutPosition", Long.toString(found.position()));
          entries.put("recoveryCutBytes", Long.toString(found.sizeBytes()));
          entries.put("recoveryCutReason", found.reason());
        });
    return entries;
  }
}
