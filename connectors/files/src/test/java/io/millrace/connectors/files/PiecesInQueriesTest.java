package io.millrace.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.DataStreamWriter;
import io.millrace.Session;
import io.millrace.StreamingQuery;
import io.millrace.Trigger;
import io.millrace.types.StreamingQueryException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole queries over plain files, on one thread and on several. */
class PiecesInQueriesTest {
  @TempDir Path directory;
  private Fixture files;

  @BeforeEach
  void fixture() {
    files = new Fixture(directory);
  }

  private static Session session(String execution) {
    return Session.builder()
        .config("millrace.execution", execution)
        .config("millrace.parallelism", 3)
        .create();
  }

  private DataStreamWriter numbers(Session session, int chunkBytes) {
    return session
        .readStream()
        .format("json")
        .schema("n BIGINT, text STRING")
        .option("chunkBytes", chunkBytes)
        .load(directory.toString())
        .writeStream()
        .trigger(Trigger.availableNow());
  }

  private List<Long> writeNumbers(int fileCount, int rowsPerFile) {
    Random random = new Random(20251010);
    List<Long> expected = new ArrayList<>();
    for (int file = 0; file < fileCount; file++) {
      StringBuilder text = new StringBuilder();
      for (int row = 0; row < rowsPerFile; row++) {
        long n = expected.size();
        expected.add(n);
        String filler = "x".repeat(random.nextInt(random.nextInt(50) == 0 ? 9000 : 80));
        text.append("{\"n\":").append(n).append(",\"text\":\"").append(filler).append("\"}");
        text.append(row == rowsPerFile - 1 && random.nextBoolean() ? "" : "\n");
      }
      files.file("f" + file + ".json", text.toString());
    }
    return expected;
  }

  /** Descriptors of this process for files in the directory. */
  private List<String> openFiles() throws IOException {
    List<String> open = new ArrayList<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith(directory.toString())) {
            open.add(target);
          }
        } catch (NoSuchFileException e) {
          // closed meanwhile
        }
      }
    }
    return open;
  }

  @ParameterizedTest
  @CsvSource({
    "fused, 64",
    "fused, 5000",
    "fused, 1048576",
    "staged, 64",
    "staged, 777",
    "staged, 5000",
    "staged, 1048576"
  })
  void rowsComeInTheirOrderWhoeverReadsThem(String execution, int chunkBytes) throws IOException {
    List<Long> expected = writeNumbers(5, 400);
    List<Long> actual = new ArrayList<>();
    try (Session session = session(execution)) {
      numbers(session, chunkBytes)
          .foreachRow(row -> actual.add(row.getLong(0)))
          .start()
          .awaitTermination();
      assertThat(actual).isEqualTo(expected);
      assertThat(openFiles()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void queryThatFailsLeavesNoFileOpen(String execution) throws IOException {
    writeNumbers(5, 400);
    try (Session session = session(execution)) {
      StreamingQuery query =
          numbers(session, 1000)
              .foreachRow(
                  row -> {
                    throw new IllegalStateException("enough");
                  })
              .start();
      assertThatThrownBy(query::awaitTermination).isInstanceOf(StreamingQueryException.class);
      assertThat(openFiles()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void queryThatIsStoppedLeavesNoFileOpen(String execution) throws Exception {
    writeNumbers(5, 400);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<Long> rows = new ArrayList<>();
    try (Session session = session(execution)) {
      StreamingQuery query =
          numbers(session, 1000)
              .foreachRow(
                  row -> {
                    rows.add(row.getLong(0));
                    begun.countDown();
                    goOn.await();
                  })
              .start();
      begun.await();
      assertThat(openFiles()).as("files open in the middle").isNotEmpty();
      Thread stopping = Thread.ofPlatform().name("stopping").start(query::stop);
      while (stopping.getState() == Thread.State.RUNNABLE) {
        Thread.onSpinWait();
      }
      goOn.countDown();
      stopping.join();
      assertThat(openFiles()).isEmpty();
      assertThat(rows).hasSizeLessThan(2000);
    }
  }
}
