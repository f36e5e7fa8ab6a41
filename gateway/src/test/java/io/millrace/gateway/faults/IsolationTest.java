package io.millrace.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline, as the command line runs it, asks no other machine and writes where it was told. */
class IsolationTest {
  private static final List<String> CALLS =
      List.of(
          "connect",
          "bind",
          "sendto",
          "sendmsg",
          "sendmmsg",
          "open",
          "openat",
          "openat2",
          "creat",
          "truncate",
          "mkdir",
          "mkdirat",
          "mknod",
          "mknodat",
          "unlink",
          "unlinkat",
          "rmdir",
          "rename",
          "renameat",
          "renameat2",
          "link",
          "linkat",
          "symlink",
          "symlinkat");

  private static final Pattern NETWORK = Pattern.compile("^\\d+ +(connect|bind|send\\w+)\\(.*");
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern READS = Pattern.compile("^\\d+ +open\\w*\\(.*O_RDONLY.*");
  private static final Pattern CREATES = Pattern.compile(".*O_(CREAT|TRUNC|TMPFILE).*");

  /** What the JVM itself writes to; the number is its own in {@code /tmp/hsperfdata_*}. */
  private static final Pattern OF_THE_JVM =
      Pattern.compile("/tmp/hsperfdata_\\w+(/.*)?|\\d+|/proc/.*|/dev/(null|tty)");

  @TempDir Path directory;

  @Test
  void nothingIsAskedOfTheNetworkAndNothingIsWrittenElsewhere() throws Exception {
    Files.createDirectory(directory.resolve("in"));
    Files.writeString(directory.resolve("in/data.json"), "{\"id\": 1}\n{\"id\": 2}\n");
    Path file = directory.resolve("pipeline.yaml");
    Files.writeString(
        file,
        """
        sources:
          numbers: {format: json, schema: id BIGINT, options: {path: in/}}
        queries:
          all:
            sql: SELECT id FROM numbers
            trigger: {availableNow: true}
            checkpoint: state/ck
            sink: {format: json, options: {path: state/out}}
        """);
    Machine.requireTool("strace");
    Strace strace = new Strace(directory.resolve("trace"));
    try (ChildJvm child =
        ChildJvm.start(
            strace.watching(CALLS),
            directory.resolve("log"),
            List.of("-XX:TieredStopAtLevel=1"),
            Main.class,
            "run",
            file.toString())) {
      child.awaitSuccess();
    }
    assertThat(Files.readString(directory.resolve("log"))).doesNotContain("WARN ");
    assertThat(new JsonOutput(directory.resolve("state/out")).rows()).hasSize(2);
    List<String> lines = strace.lines();
    assertThat(lines).filteredOn(line -> line.contains("state/ck/")).isNotEmpty();
    assertThat(lines).filteredOn(this::asksTheNetwork).isEmpty();
    assertThat(lines).filteredOn(this::writesElsewhere).isEmpty();
  }

  /** The C library may look for a name service on this machine, through a socket with a path. */
  private boolean asksTheNetwork(String line) {
    return NETWORK.matcher(line).matches() && !line.contains("sa_family=AF_UNIX");
  }

  private boolean writesElsewhere(String line) {
    boolean reads = READS.matcher(line).matches() && !CREATES.matcher(line).matches();
    if (reads || NETWORK.matcher(line).matches()) {
      return false;
    }
    Path allowed = directory.resolve("state");
    return QUOTED
        .matcher(line)
        .results()
        .map(found -> found.group(1))
        .anyMatch(
            name -> !OF_THE_JVM.matcher(name).matches() && !Path.of(name).startsWith(allowed));
  }
}
