package io.millrace.connectors.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.LiveWriter;
import io.millrace.spi.Options;
import io.millrace.types.Schema;
import io.millrace.vector.column.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
  private static final int MAX_LINE_BYTES = 20;

  private final BufferAllocator allocator = new RootAllocator();
  private final SocketMetrics metrics = new SocketMetrics("test");
  private final Recorder recorder = new Recorder();

  @AfterEach
  void nothingIsLeft() {
    allocator.close();
  }

  private LineSplitter splitter(int maxLineBytes) {
    SocketOptions options =
        SocketOptions.of(
            new Options(
                "test",
                Map.of("host", "h", "port", "1", "maxLineBytes", Integer.toString(maxLineBytes))));
    LineWriter lines =
        new LineWriter(
            recorder, Schema.parse("timestamp TIMESTAMP, value STRING"), options, metrics);
    return new LineSplitter(allocator, lines, maxLineBytes);
  }

  /** Sends bytes in pieces of at most that size. Returns what became of them. */
  private List<String> lines(byte[] bytes, int maxPiece, int maxLineBytes) throws IOException {
    recorder.seen.clear();
    try (LineSplitter splitter = splitter(maxLineBytes)) {
      Pieces pieces = new Pieces(bytes, maxPiece);
      while (splitter.read(pieces) >= 0) {
        assertThat(splitter.split(7)).isTrue();
      }
      splitter.finish(7);
    }
    return List.copyOf(recorder.seen);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1_000})
  void linesAreTheSameHoweverTheyArrive(int maxPiece) throws IOException {
    assertThat(lines(utf8("a\nÄrger 😀\r\n\n\r\r\nlast"), maxPiece, MAX_LINE_BYTES))
        .containsExactly("a", "Ärger 😀", "", "\r", "last");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 1_000})
  void aLineThatIsTooLongIsRejectedWithItsBeginningAndTheNextOneCounts(int maxPiece)
      throws IOException {
    String fits = "x".repeat(MAX_LINE_BYTES);
    List<String> seen =
        lines(
            utf8(fits + "\r\n" + fits + "y\r\n" + "z".repeat(1_000) + "\nafter\n"),
            maxPiece,
            MAX_LINE_BYTES);
    assertThat(seen).hasSize(4);
    assertThat(seen.get(0)).isEqualTo(fits);
    assertThat(seen.get(1)).startsWith("h:1@22 longer than maxLineBytes (20): " + fits + "y");
    assertThat(seen.get(2))
        .startsWith("h:1@45 longer than maxLineBytes (20): zzzzzzzzzzzzzzzzzzzzz");
    assertThat(seen.get(3)).isEqualTo("after");
  }

  @Test
  void theRestOfALineThatWasRejectedIsNoLineWhenTheConnectionEnds() throws IOException {
    assertThat(lines(utf8("z".repeat(50)), 30, MAX_LINE_BYTES))
        .singleElement()
        .asString()
        .startsWith("h:1@0 longer");
  }

  @Test
  void linesLargerThanTheBufferComeThrough() throws IOException {
    Random random = new Random(11);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sent.add("é".repeat(random.nextInt(200_000)));
    }
    assertThat(lines(utf8(String.join("\n", sent) + "\n"), 100_000, 1 << 20)).isEqualTo(sent);
  }

  @Test
  void bytesThatAreNoUtf8AreReplacedAndCounted() throws IOException {
    byte[] bytes = {'a', (byte) 0xC3, '\n', (byte) 0xFF, 'b', '\n', 'c', '\n'};
    assertThat(lines(bytes, 1, MAX_LINE_BYTES)).containsExactly("a\uFFFD", "\uFFFDb", "c");
    assertThat(metrics.values()).containsEntry("repairedLines", 2L);
  }

  @Test
  void aLineWithoutItsEndIsPartial() throws IOException {
    try (LineSplitter splitter = splitter(MAX_LINE_BYTES)) {
      Pieces pieces = new Pieces(utf8("whole\npart"), 100);
      splitter.read(pieces);
      splitter.split(7);
      assertThat(splitter.hasPartialLine()).isTrue();
      assertThat(recorder.seen).containsExactly("whole");
      pieces.broken = true;
      assertThatThrownBy(() -> splitter.read(pieces)).isInstanceOf(IOException.class);
      assertThat(splitter.hasPartialLine()).isTrue();
    }
  }

  @Test
  void nothingIsWrittenOnceTheQueryHasEnded() throws IOException {
    recorder.open = false;
    try (LineSplitter splitter = splitter(MAX_LINE_BYTES)) {
      splitter.read(new Pieces(utf8("a\nb\n"), 100));
      assertThat(splitter.split(7)).isFalse();
      assertThat(recorder.seen).containsExactly("a");
    }
  }

  /** A connection that gives its bytes in pieces. */
  private static final class Pieces implements ReadableByteChannel {
    private final byte[] bytes;
    private final int maxPiece;
    private int at;
    private boolean broken;

    Pieces(byte[] bytes, int maxPiece) {
      this.bytes = bytes;
      this.maxPiece = maxPiece;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (broken) {
        throw new IOException("broken");
      }
      assertThat(into.remaining()).isPositive();
      if (at == bytes.length) {
        return -1;
      }
      int count = Math.min(Math.min(maxPiece, into.remaining()), bytes.length - at);
      into.put(bytes, at, count);
      at += count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** Keeps texts and rejects; timestamps must be 7. */
  private static final class Recorder implements LiveWriter {
    private final List<String> seen = new ArrayList<>();
    private boolean open = true;
    private String text;
    private boolean stamped;

    @Override
    public LiveWriter setBytes(int column, byte[] bytes, int offset, int length) {
      assertThat(column).isEqualTo(1);
      text = new String(Arrays.copyOfRange(bytes, offset, offset + length), StandardCharsets.UTF_8);
      return this;
    }

    @Override
    public LiveWriter setBytes(int column, long address, int length) {
      byte[] bytes = new byte[length];
      Memory.copy(address, bytes, 0, length);
      return setBytes(column, bytes, 0, length);
    }

    @Override
    public LiveWriter setTimestamp(int column, long timestampUs) {
      assertThat(column).isZero();
      stamped = timestampUs == 7;
      return this;
    }

    @Override
    public boolean append() {
      assertThat(stamped).isTrue();
      seen.add(text);
      return open;
    }

    @Override
    public boolean reject(String origin, long offset, String reason, long address, int length) {
      setBytes(1, address, length);
      seen.add(origin + "@" + offset + " " + reason + ": " + text);
      return open;
    }

    @Override
    public LiveWriter setBoolean(int column, boolean value) {
      throw new AssertionError();
    }

    @Override
    public LiveWriter setInt(int column, int value) {
      throw new AssertionError();
    }

    @Override
    public LiveWriter setLong(int column, long value) {
      throw new AssertionError();
    }

    @Override
    public LiveWriter setDouble(int column, double value) {
      throw new AssertionError();
    }

    @Override
    public void close() {}
  }
}
