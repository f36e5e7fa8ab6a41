package io.millrace.state.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Payloads that can be told apart by their sequence, and what a replay shows of them. */
final class Records {
  private Records() {}

  /** Seeded by the sequence, 0 to 39 bytes long. */
  static byte[] payload(long sequence) {
    Random random = new Random(sequence);
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  static void append(Journal journal, int count) {
    for (int i = 0; i < count; i++) {
      long sequence = journal.nextSequence();
      ByteBuffer payload = ByteBuffer.wrap(payload(sequence));
      journal.append((int) (sequence % 128), sequence * 3, payload);
    }
  }

  static void appendForced(Journal journal, int count) {
    for (int i = 0; i < count; i++) {
      append(journal, 1);
      journal.force();
    }
  }

  /** The sequences that a replay shows, after checking that each record is the one appended. */
  static List<Long> replay(Journal journal, long from) {
    List<Long> sequences = new ArrayList<>();
    journal.replay(
        from,
        record -> {
          byte[] bytes = new byte[record.payload().remaining()];
          record.payload().get(bytes);
          long sequence = record.sequence();
          ByteBuffer expected = ByteBuffer.wrap(payload(sequence));
          if (!ByteBuffer.wrap(bytes).equals(expected)
              || record.type() != sequence % 128
              || record.epoch() != sequence * 3
              || record.checksum() != Frame.checksum(expected)) {
            throw new AssertionError("record " + sequence + " is not what was appended");
          }
          sequences.add(sequence);
        });
    return sequences;
  }
}
