package io.millrace.gateway;

import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "millrace",
    description = "A columnar streaming engine: SQL over files that keep appearing.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done, also when ended by Ctrl-C or SIGTERM",
      "1:a query failed while running, or a checkpoint is damaged",
      "2:the command line, the file or a query is wrong; nothing was started or written"
    },
    footer = "%nIn a checkout, millrace bench measures Millrace beside other engines.")
final class RootCommand implements Runnable {
  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log what happens, and say where in the program an error comes from.")
  boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw whichCommand(spec);
  }

  static ParameterException whichCommand(CommandSpec spec) {
    return new ParameterException(
        spec.commandLine(),
        "which command? one of "
            + spec.commandLine().getSubcommands().entrySet().stream()
                .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", ")));
  }
}
