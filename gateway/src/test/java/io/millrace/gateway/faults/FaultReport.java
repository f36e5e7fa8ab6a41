package io.millrace.gateway.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of what was done: on the console, and as text and JSON in {@code target/faults} of the
 * module.
 */
final class FaultReport {
  private static final Path DIRECTORY = Path.of("target", "faults");

  private final String name;
  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();

  /**
   * @param name of its files
   */
  FaultReport(String name, String... columns) {
    this.name = name;
    this.columns = List.of(columns);
  }

  /**
   * @param values as many as there are columns; numbers stay numbers in the JSON
   */
  void add(Object... values) {
    assert values.length == columns.size() : "a value for each column";
    rows.add(List.of(values));
  }

  @SuppressWarnings("SystemOut") // this is what the programme is run for
  void write() throws IOException {
    Files.createDirectories(DIRECTORY);
    Files.writeString(DIRECTORY.resolve(name + ".json"), json());
    Files.writeString(DIRECTORY.resolve(name + ".txt"), text());
    System.out.println("\n" + name + "\n" + text());
  }

  private String text() {
    List<Integer> widths = IntStream.range(0, columns.size()).mapToObj(this::width).toList();
    StringBuilder text = new StringBuilder(line(columns, widths));
    rows.forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private int width(int column) {
    return rows.stream()
        .mapToInt(row -> row.get(column).toString().length())
        .reduce(columns.get(column).length(), Math::max);
  }

  private static String line(List<?> cells, List<Integer> widths) {
    return IntStream.range(0, cells.size())
            .mapToObj(i -> ("%" + widths.get(i) + "s").formatted(cells.get(i)))
            .collect(Collectors.joining("  "))
        + "\n";
  }

  private String json() {
    return rows.stream().map(this::object).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private String object(List<Object> row) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> "\"" + columns.get(i) + "\": " + json(row.get(i)))
        .collect(Collectors.joining(", ", "  {", "}"));
  }

  private static String json(Object value) {
    return value instanceof Number
        ? value.toString()
        : "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
