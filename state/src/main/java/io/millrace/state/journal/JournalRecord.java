package io.millrace.state.journal;

import java.nio.ByteBuffer;

/**
 * A record as it was read back and verified.
 *
 * @param type the writer's, 0 to 127
 * @param checksum CRC32C of the payload
 * @param payload read-only, big-endian, good until the visitor returns
 */
public record JournalRecord(
    long sequence, int type, long epoch, int checksum, ByteBuffer payload) {}
