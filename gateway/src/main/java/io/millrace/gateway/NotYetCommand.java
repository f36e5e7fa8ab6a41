package io.millrace.gateway;

import io.millrace.types.AnalysisException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** A command whose name is taken; whatever it is given, it says that it does not exist yet. */
@Command(hidden = true)
final class NotYetCommand implements Callable<Integer> {
  private final String name;
  private final String wayOut;

  @Unmatched
  @SuppressWarnings("UnusedVariable") // only there so that nothing is refused before
  private List<String> arguments = new ArrayList<>();

  NotYetCommand(String name, String wayOut) {
    this.name = name;
    this.wayOut = wayOut;
  }

  @Override
  public Integer call() {
    throw new AnalysisException("millrace " + name + " is not supported yet; " + wayOut);
  }
}
