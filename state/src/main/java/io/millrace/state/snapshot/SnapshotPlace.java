package io.millrace.state.snapshot;

import io.millrace.state.batch.BatchCompression;
import io.millrace.state.storage.CrashPoints;
import io.millrace.state.storage.Storage;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Where and how a query's snapshots are written.
 *
 * @param storage that does not wait for room
 * @param forced whether they survive a power cut
 * @param nowNs a monotonic clock
 */
record SnapshotPlace(
    StateFiles files,
    Storage storage,
    CrashPoints points,
    BufferAllocator allocator,
    BatchCompression compression,
    boolean forced,
    LongSupplier nowNs) {}
