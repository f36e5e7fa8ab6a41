package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page's example of lines over TCP, with a server of the test's own. */
@Timeout(120)
class SocketPipelineTest {
  @TempDir Path folder;
  private ServerSocket server;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(60_000);
    file = folder.resolve("lines.yaml");
    String example = ReadmeTest.example("Lines over TCP", "yaml");
    assertThat(example).contains("port: 9999");
    Files.writeString(file, example.replace("port: 9999", "port: " + server.getLocalPort()));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void change(String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private List<String> lines(String directory) {
    List<String> lines = new ArrayList<>();
    if (Files.exists(folder.resolve(directory))) {
      try (Stream<Path> files = Files.list(folder.resolve(directory))) {
        for (Path part : files.filter(Files::isRegularFile).sorted().toList()) {
          lines.addAll(Files.readAllLines(part));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  /** Accepts, sends, and waits for what becomes of it; then the process is asked to end. */
  private Thread serve(TestProcess process, String text, String directory, int lines) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket client = server.accept()) {
                client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                while (lines(directory).size() < lines) {
                  Thread.onSpinWait();
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                process.shutdown.request();
              }
            },
            "server");
    thread.start();
    return thread;
  }

  private void sendAndHangUp(String text) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theExampleRunsUntilItIsAskedToEndAndGoesOnAfterwards() throws Exception {
    String tooLong = "ERROR " + "x".repeat(70_000);
    TestProcess process = new TestProcess(folder);
    Thread sender = serve(process, tooLong + "\nfine\nERROR one\r\n", "out/errors", 1);
    assertThat(process.run("run", file.toString())).as(process.err()).isZero();
    sender.join();

    TestProcess again = new TestProcess(folder);
    sender = serve(again, "ERROR two\n", "out/errors", 2);
    assertThat(again.run("run", file.toString())).as(again.err()).isZero();
    sender.join();
    assertThat(lines("out/errors"))
        .satisfiesExactly(
            one ->
                assertThat(one).contains("\"timestamp\":\"2").endsWith("\"value\":\"ERROR one\"}"),
            two -> assertThat(two).endsWith("\"value\":\"ERROR two\"}"));
    assertThat(lines("rejects").getFirst())
        .contains("longer than maxLineBytes (65536)", "localhost:" + server.getLocalPort());
  }

  @Test
  void progressTellsOfTheConnection() throws Exception {
    change("processingTime: 1 second", "availableNow: true");
    TestProcess process = new TestProcess(folder);
    Thread sender = new Thread(() -> sendAndHangUp("ERROR one"), "server");
    sender.start();
    assertThat(process.run("run", "--progress", file.toString())).as(process.err()).isZero();
    sender.join();
    assertThat(process.err())
        .contains("socket[localhost:" + server.getLocalPort() + "]")
        .contains("\"bytesRead\":\"9\"", "\"connections\":\"1\"", "\"outages\":\"0\"");
  }

  @Test
  void validateAndExplainDoNotConnect() throws Exception {
    server.close(); // whoever connects now fails
    TestProcess validate = new TestProcess(folder);
    assertThat(validate.run("validate", file.toString())).as(validate.err()).isZero();
    TestProcess explain = new TestProcess(folder);
    assertThat(explain.run("explain", file.toString())).as(explain.err()).isZero();
    assertThat(explain.out()).contains("format socket").contains("live inputs are journaled");
    assertThat(explain.err()).doesNotContain("cannot connect");
  }

  @Test
  void validateFindsWhatIsWrong() throws Exception {
    change("host: localhost, ", "");
    TestProcess process = new TestProcess(folder);
    assertThat(process.run("validate", file.toString())).isNotZero();
    assertThat(process.err() + process.out()).contains("option host is missing");
  }
}
