package io.millrace.gateway;

import io.millrace.gateway.log.Logging;
import io.millrace.gateway.terminal.Terminal;
import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.StreamingQueryException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs one command line and turns whatever happens into text and an exit status. */
final class CommandLines {
  private CommandLines() {}

  static int execute(Surroundings surroundings, String... arguments) {
    Terminal terminal = surroundings.terminal();
    RootCommand root = new RootCommand();
    CommandLine commandLine =
        new CommandLine(root)
            .addSubcommand(new RunCommand(surroundings))
            .addSubcommand(new ValidateCommand(surroundings))
            .addSubcommand(new ExplainCommand(surroundings))
            .addSubcommand(new SqlCommand(surroundings))
            .addSubcommand(new ReplayCommand(surroundings))
            .addSubcommand(new DemoCommand(surroundings))
            .addSubcommand("gateway", new NotYetCommand("gateway", "use millrace run"))
            .addSubcommand(
                new CommandLine(new CheckpointCommand())
                    .addSubcommand(new CheckpointShowCommand(surroundings))
                    .addSubcommand(new CheckpointVerifyCommand(surroundings))
                    .addSubcommand(new CheckpointExportCommand(surroundings)))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()))
            .setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()))
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> report(failure, root.verbose, terminal));
    commandLine.setExecutionStrategy(
        parsed -> {
          if (root.verbose) {
            Logging.beVerbose();
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    return commandLine.execute(arguments);
  }

  private static int report(Exception failure, boolean verbose, Terminal terminal) {
    boolean ours = failure instanceof MillraceException;
    terminal.note(
        ours ? failure.getMessage() : "millrace: unexpected " + failure + "; --verbose says where");
    if (verbose) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      terminal.note(trace.toString());
    }
    boolean whileRunning = failure instanceof StreamingQueryException;
    return (failure instanceof AnalysisException
                || failure instanceof MillraceException known && known.code() == ErrorCode.PLAN)
            && !whileRunning
        ? ExitStatus.WRONG
        : ExitStatus.FAILED;
  }
}
