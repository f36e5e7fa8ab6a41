package io.millrace.gateway.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link FaultyQuery} is told to do, as the words of its command line.
 *
 * @param place holds its checkpoint and its output
 * @param bounded whether it ends when it has handled the input that is there
 * @param shape of the query
 * @param settings of the session, {@code key=value} each
 */
record QueryRun(Path input, Path place, boolean bounded, QueryShape shape, List<String> settings) {
  private static final int FIXED = 4;

  String[] arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(input.toString(), place.toString(), Boolean.toString(bounded), shape.name()));
    arguments.addAll(settings);
    return arguments.toArray(String[]::new);
  }

  static QueryRun parse(String[] arguments) {
    return new QueryRun(
        Path.of(arguments[0]),
        Path.of(arguments[1]),
        Boolean.parseBoolean(arguments[2]),
        QueryShape.valueOf(arguments[3]),
        List.of(arguments).subList(FIXED, arguments.length));
  }

  Path checkpoint() {
    return place.resolve("ck");
  }

  Path output() {
    return place.resolve("out");
  }
}
