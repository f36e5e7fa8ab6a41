package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.files.text.TextSourceProvider;
import io.millrace.spi.Chunk;
import io.millrace.spi.Options;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pieces of plain files, which any thread reads at any time. */
class FilePiecesTest {
  private static final long SEED = 20251010;

  @TempDir Path directory;
  private Fixture files;
  private final OpenFiles storage = new OpenFiles();

  @BeforeEach
  void fixture() {
    files = new Fixture(directory);
  }

  /** A line's text and where it begins. */
  private record Line(String file, long offset, String text) {}

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
    int lines = random.nextInt(40);
    for (int i = 0; i <= lines; i++) {
      int length = random.nextInt(random.nextInt(80) == 0 ? 10_000 : 1 + random.nextInt(60));
      text.append(Integer.toString(i, 36).repeat(length));
      if (i < lines || random.nextBoolean()) {
        text.append(random.nextInt(5) == 0 ? "\r\n" : "\n");
      }
    }
    return text.toString();
  }

  /** The plain loop: what begins at the start or behind a newline, up to the next newline. */
  private static List<Line> split(Path file, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<Line> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length ? start < i : bytes[i] == '\n') {
        lines.add(
            new Line(
                file.toString(),
                start,
                new String(bytes, start, i - start, StandardCharsets.UTF_8)));
        start = i + 1;
      }
    }
    return lines;
  }

  private List<Line> randomFiles(int count, Random random) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = randomText(random);
      lines.addAll(split(files.file("f" + i, text), text));
    }
    return lines;
  }

  private static String row(String line) {
    String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  @Test
  void everyPieceSizeGivesThePlainLoopsLines() {
    List<Line> lines = randomFiles(8, new Random(SEED));
    List<String> expected = lines.stream().map(line -> row(line.text())).toList();
    for (int chunkBytes = 1; chunkBytes <= 300; chunkBytes++) {
      try (SourceRun run =
          new SourceRun(new TextSourceProvider(), directory)
              .storage(storage)
              .option("chunkBytes", chunkBytes)) {
        assertThat(run.rows()).as("chunkBytes %d", chunkBytes).isEqualTo(expected);
      }
      assertThat(storage.open).hasValue(0);
    }
  }

  @Test
  void tooLongLinesAreRejectedWhereTheyStandWhateverThePieces() {
    Random random = new Random(SEED);
    List<Line> lines = randomFiles(5, random);
    for (int chunkBytes = 1; chunkBytes <= 300; chunkBytes += 3) {
      int longest = 1 + random.nextInt(200);
      List<String> rows = new ArrayList<>();
      List<String> rejects = new ArrayList<>();
      for (Line line : lines) {
        byte[] bytes = line.text().getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= longest) {
          rows.add(row(line.text()));
        } else {
          rejects.add(line.file() + "@" + line.offset());
        }
      }
      try (SourceRun run =
          new SourceRun(new TextSourceProvider(), directory)
              .option("chunkBytes", chunkBytes)
              .option("maxLineBytes", longest)) {
        String name = "chunkBytes " + chunkBytes + ", maxLineBytes " + longest;
        assertThat(run.rows()).as(name).isEqualTo(rows);
        assertThat(run.rejects.stream().map(text -> text.substring(0, text.indexOf(' '))))
            .as(name)
            .isEqualTo(rejects);
        assertThat(run.recordsRead).as(name).isEqualTo(lines.size());
      }
    }
  }

  private FileRangeReader reader(BufferAllocator allocator, int chunkBytes) {
    FileSourceOptions options =
        FileSourceOptions.parse(new Options("test", Map.of("path", directory.toString())));
    List<PlannedFile> planned =
        new FileListing(storage, options)
            .list().stream()
                .map(
                    file ->
                        new PlannedFile(file.path().getFileName().toString(), 0, file.sizeBytes()))
                .toList();
    InputFiles input =
        new InputFiles(
            storage,
            directory,
            options,
            new SeenFiles(options.maxFileAgeUs()),
            new FileSourceMetrics("test"));
    return new FileRangeReader(input, planned, allocator, chunkBytes, 1 << 20);
  }

  /** Reads to the end of the range and leaves all pieces to be loaded. */
  private List<Chunk> handOut(BufferAllocator allocator, int chunkBytes) {
    List<Chunk> chunks = new ArrayList<>();
    try (FileRangeReader reader = reader(allocator, chunkBytes)) {
      Chunk chunk = new Chunk(new ByteBlock(allocator, 64), null);
      while (reader.read(chunk)) {
        chunks.add(chunk);
        chunk = new Chunk(new ByteBlock(allocator, 64), null);
      }
      chunk.bytes().close();
    }
    return chunks;
  }

  private static String text(Chunk chunk) {
    byte[] bytes = new byte[chunk.bytes().length() - chunk.start()];
    Memory.copy(chunk.bytes().address() + chunk.start(), bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void piecesAreReadAfterTheReaderIsClosedInAnyOrder() throws IOException {
    randomFiles(5, new Random(SEED));
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      expected.append(Files.readString(directory.resolve("f" + i)));
    }
    try (BufferAllocator allocator = new RootAllocator()) {
      List<Chunk> chunks = handOut(allocator, 50);
      assertThat(storage.open.get()).isBetween(1, 5);
      List<Chunk> shuffled = new ArrayList<>(chunks);
      Collections.shuffle(shuffled, new Random(SEED));
      shuffled.forEach(Chunk::load);
      assertThat(storage.open).hasValue(0);
      StringBuilder actual = new StringBuilder();
      for (Chunk chunk : chunks) {
        actual.append(text(chunk));
        chunk.bytes().close();
      }
      assertThat(actual).hasToString(expected.toString());
    }
  }

  @Test
  void piecesThatNobodyWantsLetTheirFileGo() {
    files.file("a", "line\n".repeat(100));
    try (BufferAllocator allocator = new RootAllocator()) {
      for (Chunk chunk : handOut(allocator, 50)) {
        assertThat(storage.open).hasValue(1);
        chunk.clear();
        assertThat(chunk.deferred()).isFalse();
        chunk.bytes().close();
      }
      assertThat(storage.open).hasValue(0);
    }
  }

  @Test
  void readerThatIsClosedEarlyLetsItsFileGo() {
    files.file("a", "line\n".repeat(100));
    try (BufferAllocator allocator = new RootAllocator();
        ByteBlock bytes = new ByteBlock(allocator, 64)) {
      Chunk chunk = new Chunk(bytes, null);
      try (FileRangeReader reader = reader(allocator, 50)) {
        reader.read(chunk);
        chunk.load();
      }
      assertThat(storage.open).hasValue(0);
    }
  }

  @Test
  void fileThatWasCutBeforeItsPieceIsReadIsAnErrorAndIsClosed() throws IOException {
    Path file = files.file("a", "line\n".repeat(4000));
    try (BufferAllocator allocator = new RootAllocator()) {
      List<Chunk> chunks = handOut(allocator, 5000);
      Files.writeString(file, "line\n".repeat(2400));
      chunks.getFirst().load();
      assertThatThrownBy(chunks.getLast()::load)
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining(file + ": planned with 20000 bytes, now it ends after 12000");
      chunks.forEach(Chunk::clear);
      assertThat(storage.open).hasValue(0);
      chunks.forEach(chunk -> chunk.bytes().close());
    }
  }
}
