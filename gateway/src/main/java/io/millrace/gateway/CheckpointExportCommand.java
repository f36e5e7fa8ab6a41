package io.millrace.gateway;

import io.millrace.gateway.checkpoint.ExportedState;
import io.millrace.gateway.rows.RowFormat;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description =
        "Writes the rows that a stateful operator keeps, as they are after the last commit. A running"
            + " query may have the checkpoint open and is not disturbed.",
    footer = {
      "%nExamples:",
      "  millrace checkpoint export ck/perMinute",
      "  millrace checkpoint export ck/perMinute --operator 0 --format arrow --output state.arrows"
    })
final class CheckpointExportCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "DIR", description = "The query's checkpointLocation.")
  private Path directory;

  @Option(
      names = "--operator",
      paramLabel = "N",
      description = "Its number, as checkpoint show prints it; the only one unless given.")
  private Integer operator;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "CSV",
      description = "csv, json (an object a line) or arrow (an IPC stream); csv unless given.")
  private RowFormat format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where the rows go, in place of what is there; standard output unless given.")
  private Path output;

  CheckpointExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    requireOutput();
    OptionalInt number = operator == null ? OptionalInt.empty() : OptionalInt.of(operator);
    try (ExportedState state = new ExportedState(directory, number)) {
      if (output == null) {
        print(state);
      } else {
        save(state);
      }
    }
    return ExitStatus.DONE;
  }

  private void requireOutput() {
    if (output == null) {
      if (!format.isText() && surroundings.terminal().screen()) {
        throw new AnalysisException(
            "--format arrow is no text for a terminal; add --output FILE, or pipe it");
      }
      return;
    }
    Path folder = output.toAbsolutePath().getParent();
    if (Files.isDirectory(output) || folder == null || !Files.isDirectory(folder)) {
      throw new AnalysisException(
          "--output "
              + output
              + (Files.isDirectory(output)
                  ? ": this is a folder; name a file"
                  : ": there is no folder " + folder));
    }
  }

  private void print(ExportedState state) {
    PrintStream out = surroundings.terminal().out();
    try {
      OutputStream rows = new BufferedOutputStream(out);
      state.write(format, rows);
      rows.flush();
    } catch (IOException e) {
      throw notWritten("standard output", e.getMessage(), e);
    }
    if (out.checkError()) { // a PrintStream throws nothing
      throw notWritten("standard output", "it was closed", null);
    }
  }

  /** The file is there when it is whole. */
  private void save(ExportedState state) {
    Path unfinished = output.resolveSibling(output.getFileName() + ".tmp");
    try {
      try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        state.write(format, file);
      }
      Files.move(unfinished, output, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw notWritten("--output " + output, e.toString(), e);
    }
  }

  private static MillraceException notWritten(String place, String reason, IOException cause) {
    return new MillraceException(
        ErrorCode.RESOURCES, place + ": the rows could not be written: " + reason, cause);
  }
}
