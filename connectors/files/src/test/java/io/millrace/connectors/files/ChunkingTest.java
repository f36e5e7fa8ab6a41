package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.files.text.TextSourceProvider;
import io.millrace.spi.Chunk;
import io.millrace.spi.InputRange;
import io.millrace.spi.Options;
import io.millrace.state.storage.LocalStorage;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.ByteBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@link FileRangeReader} cuts files into chunks, seen through the text format. */
class ChunkingTest {
  @TempDir Path directory;
  private Fixture files;

  @BeforeEach
  void fixture() {
    files = new Fixture(directory);
  }

  private SourceRun text() {
    return new SourceRun(new TextSourceProvider(), directory);
  }

  @Test
  void chunkOfOneFileSaysWhereItBegins() {
    files.file("a", "one\ntwo\nthree");
    files.file("b", "x\n");
    try (SourceRun run = text().option("chunkBytes", 6)) {
      assertThat(run.rows()).containsExactly("one", "two", "three", "x");
      assertThat(run.origins)
          .containsExactly(directory + "/a@0", directory + "/a@8", directory + "/b@0");
    }
  }

  @Test
  void endOfFileEndsALine() {
    files.file("a", "one");
    files.file("b", "two\n");
    files.file("c", "\n");
    files.file("d", "three");
    try (SourceRun run = text()) {
      assertThat(run.rows()).containsExactly("one", "two", "", "three");
      assertThat(run.recordsRead).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 1000, 1 << 20})
  void chunkSizeDoesNotChangeTheRows(int chunkBytes) throws IOException {
    Random random = new Random(20251010);
    List<String> expected = new ArrayList<>();
    for (int file = 0; file < 20; file++) {
      StringBuilder text = new StringBuilder();
      int lines = random.nextInt(30);
      for (int line = 0; line <= lines; line++) {
        String value = "ab".repeat(random.nextInt(random.nextInt(10) == 0 ? 500 : 20));
        boolean last = line == lines && random.nextBoolean() && !value.isEmpty();
        expected.add(value);
        text.append(value).append(last ? "" : "\n");
      }
      boolean compressed = random.nextInt(3) == 0;
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      files.file("f" + file + (compressed ? ".gz" : ""), compressed ? gzip(bytes) : bytes);
    }
    try (SourceRun run = text().option("chunkBytes", chunkBytes)) {
      assertThat(run.rows()).isEqualTo(expected);
    }
  }

  @Test
  void twentyMegabyteLineIsOneRow() {
    String line = "x".repeat(20 << 20);
    files.file("a", "before\n" + line + "\nafter\n");
    try (SourceRun run = text()) {
      List<String> rows = run.rows();
      assertThat(rows).hasSize(3);
      assertThat(rows.get(1).equals(line)).isTrue();
      assertThat(rows.get(2)).isEqualTo("after");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 6, 9, 64, 1000})
  void tooLongLineIsRejectedWhateverTheChunks(int chunkBytes) {
    files.file("a", "12345\n123456\n1\n\n1234567890123\n12345\n123456");
    files.file("b", "1234567\n2");
    try (SourceRun run = text().option("chunkBytes", chunkBytes).option("maxLineBytes", 5)) {
      assertThat(run.rows()).containsExactly("12345", "1", "", "12345", "2");
      String reason = " longer than maxLineBytes: 123456";
      assertThat(run.rejects)
          .containsExactly(
              directory + "/a@6" + reason,
              directory + "/a@16" + reason,
              directory + "/a@36" + reason,
              directory + "/b@0" + reason);
      assertThat(run.recordsRead).isEqualTo(9);
    }
  }

  @Test
  void readingAllocatesNothingPerByte() throws IOException {
    int chunkBytes = 4096;
    int chunks = 4000;
    Path file = files.file("a", "0123456789abcde\n".repeat(chunks * chunkBytes / 16));
    PlannedFile planned = new PlannedFile("a", 0, Files.size(file));
    SeenFiles seen = new SeenFiles(0);
    FileSourceOptions options =
        FileSourceOptions.parse(new Options("test", Map.of("path", directory.toString())));
    InputFiles input =
        new InputFiles(new LocalStorage(), directory, options, seen, new FileSourceMetrics("test"));
    try (BufferAllocator allocator = new RootAllocator();
        ByteBlock bytes = new ByteBlock(allocator, chunkBytes);
        FileRangeReader reader =
            new FileRangeReader(input, List.of(planned), allocator, chunkBytes, 1 << 20)) {
      Chunk chunk = new Chunk(bytes, null);
      assertThat(reader.read(chunk)).isTrue();
      var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      int read = 1;
      while (reader.read(chunk)) {
        chunk.load();
        read++;
      }
      long perChunk = (threads.getCurrentThreadAllocatedBytes() - before) / read;
      assertThat(read).isEqualTo(chunks);
      assertThat(perChunk).as("bytes on the heap per chunk").isLessThan(256);
    }
  }

  @Test
  void gzipFilesAreReadWithAllTheirMembers() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip("one\ntw".getBytes(StandardCharsets.UTF_8)));
    members.write(gzip("o\nthree\n".getBytes(StandardCharsets.UTF_8)));
    files.file("a.txt.GZ", members.toByteArray());
    try (SourceRun run = text().option("chunkBytes", 5)) {
      assertThat(run.rows()).containsExactly("one", "two", "three");
      assertThat(run.origins).contains(directory + "/a.txt.GZ@8");
    }
  }

  @Test
  void damagedGzipFileIsAnErrorThatNamesIt() throws IOException {
    byte[] bytes = gzip("one\ntwo\n".repeat(100).getBytes(StandardCharsets.UTF_8));
    files.file("cut.gz", Arrays.copyOf(bytes, bytes.length - 10));
    files.file("plain.gz", "one\n");
    try (SourceRun run = text().option("maxFilesPerTrigger", 1)) {
      InputRange cut = run.plan().orElseThrow();
      InputRange plain = run.plan().orElseThrow();
      assertThatThrownBy(() -> run.rows(cut))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("cut.gz: no gzip file, or a damaged one");
      assertThatThrownBy(() -> run.rows(plain)).hasMessageContaining("plain.gz: no gzip file");
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
