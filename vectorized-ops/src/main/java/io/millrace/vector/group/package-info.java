/**
 * Groups of rows by key, off-heap: a hash table whose records never move, so that a record's
 * address stands for its group as long as it lives.
 *
 * <p>A record is a header ({@link GroupRecord}), the key's cells and zeroed bytes for whatever the
 * owner keeps per group. A cell ({@link RecordCell}) holds one value: 8 bytes for fixed-width types
 * (16 for DECIMAL), 16 bytes for STRING and BINARY, whose longer values lie in a {@link
 * BytesArena}.
 */
package io.millrace.vector.group;
