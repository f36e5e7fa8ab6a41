package io.millrace.analysis;

import io.millrace.spi.NearestName;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns that an operator's expressions can name, by position in its input.
 *
 * @param qualifiers the table or alias of each column, empty for none
 */
record Scope(Schema schema, List<String> qualifiers) {
  private static final int MAX_NAMES_SHOWN = 20;

  Scope {
    qualifiers = List.copyOf(qualifiers);
  }

  /** Columns without a table's name. */
  static Scope of(Schema schema) {
    return of(schema, "");
  }

  static Scope of(Schema schema, String qualifier) {
    return new Scope(schema, schema.fields().stream().map(field -> qualifier).toList());
  }

  BoundExpression.Input input(int index) {
    Field field = schema.field(index);
    return new BoundExpression.Input(index, field.name(), field.type(), field.nullable());
  }

  /**
   * The column of that name, perhaps qualified.
   *
   * @throws AnalysisException if there is none, or more than one
   */
  BoundExpression resolve(List<String> parts) {
    return find(parts).orElseThrow(() -> unknown(parts));
  }

  Optional<BoundExpression> find(List<String> parts) {
    // A qualifier may itself have points, and fields of a struct may follow the column.
    for (int column = parts.size() - 1; column >= 0; column--) {
      List<Integer> found = matches(parts.subList(0, column), parts.get(column));
      if (found.size() > 1) {
        throw ambiguous(String.join(".", parts), found);
      } else if (found.size() == 1) {
        List<String> fields = parts.subList(column + 1, parts.size());
        return Optional.of(StructFunctions.fields(input(found.getFirst()), fields));
      }
    }
    return Optional.empty();
  }

  /** The struct that a star stands behind, if that is no table or alias. */
  Optional<DataType.Struct> structOf(List<String> qualifier) {
    boolean table = tables().stream().anyMatch(String.join(".", qualifier)::equalsIgnoreCase);
    return qualifier.isEmpty() || table
        ? Optional.empty()
        : find(qualifier)
            .map(BoundExpression::type)
            .filter(DataType.Struct.class::isInstance)
            .map(DataType.Struct.class::cast);
  }

  /** The columns of one table or alias; all columns for an empty qualifier. */
  List<Integer> star(List<String> qualifier) {
    String wanted = String.join(".", qualifier);
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      if (wanted.isEmpty() || qualifiers.get(i).equalsIgnoreCase(wanted)) {
        indexes.add(i);
      }
    }
    if (indexes.isEmpty() && !wanted.isEmpty()) {
      Optional<BoundExpression> column = find(qualifier);
      if (column.isPresent()) {
        throw new AnalysisException(
            wanted
                + ".*: "
                + CallSite.describe(column.get())
                + " is "
                + column.get().type().sql()
                + " and has no fields");
      }
      throw new AnalysisException(
          wanted
              + ".*: there is no table or alias "
              + wanted
              + NearestName.suggestion(wanted, tables()));
    }
    return indexes;
  }

  private List<Integer> matches(List<String> qualifier, String name) {
    String wanted = String.join(".", qualifier);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      if (schema.field(i).name().equalsIgnoreCase(name)
          && (wanted.isEmpty() || qualifiers.get(i).equalsIgnoreCase(wanted))) {
        found.add(i);
      }
    }
    return found;
  }

  private List<String> tables() {
    return qualifiers.stream().filter(name -> !name.isEmpty()).distinct().toList();
  }

  private String qualified(int index) {
    String qualifier = qualifiers.get(index);
    return (qualifier.isEmpty() ? "" : qualifier + ".") + schema.field(index).name();
  }

  private AnalysisException ambiguous(String name, List<Integer> found) {
    List<String> candidates = found.stream().map(this::qualified).distinct().toList();
    return new AnalysisException(
        "column "
            + name
            + " is ambiguous: "
            + (candidates.size() > 1
                ? "write " + String.join(" or ", candidates)
                : "the input has " + found.size() + " columns of that name; rename one before"));
  }

  AnalysisException unknown(List<String> parts) {
    String name = String.join(".", parts);
    List<String> known = schema.names();
    String suggestion = NearestName.suggestion(parts.getLast(), known);
    String start = "column " + name + " does not exist";
    if (parts.size() > 1 && tables().stream().noneMatch(parts.getFirst()::equalsIgnoreCase)) {
      start += ": there is no table, alias or column " + parts.getFirst();
      suggestion = NearestName.suggestion(parts.getFirst(), tables());
    }
    return new AnalysisException(
        start
            + suggestion
            + (suggestion.isEmpty() ? "; " : " ")
            + (known.isEmpty()
                ? "the input has no columns"
                : "the input has "
                    + known.stream().limit(MAX_NAMES_SHOWN).collect(Collectors.joining(", "))
                    + (known.size() > MAX_NAMES_SHOWN
                        ? " and " + (known.size() - MAX_NAMES_SHOWN) + " more"
                        : "")));
  }
}
