package io.millrace.analysis;

import io.millrace.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a function takes and gives, written as text: {@code lpad(STRING, INT, STRING?) STRING}.
 *
 * <p>Parameters are types, NUMBER or ANY; {@code ?} behind one says that it and those after it may
 * be left out, {@code *} that the last one may be repeated, and {@code constant} before one that it
 * must not depend on the row. The result is a type or {@code $1}, the type of the first argument,
 * and is null when an argument is; behind it {@code !} says never null, {@code ?} that it may be
 * null anyway, {@code ~} that it may be when errors are not raised.
 */
record FunctionSignature(
    String text, String name, List<Parameter> parameters, String result, char nullability) {
  private static final Pattern FORM = Pattern.compile("(\\w+)\\((.*)\\) ([$\\w]+)([!?~]?)");
  private static final String NUMBER = "NUMBER";
  private static final String ANY = "ANY";

  record Parameter(String kind, boolean constant, boolean optional, boolean repeated) {}

  static FunctionSignature parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    List<Parameter> parameters = new ArrayList<>();
    for (String part : matcher.group(2).split(", ", -1)) {
      if (!part.isEmpty()) {
        String kind = part.replace("constant ", "").replace("?", "").replace("*", "");
        parameters.add(
            new Parameter(
                kind, part.startsWith("constant "), part.endsWith("?"), part.endsWith("*")));
      }
    }
    char nullability = matcher.group(4).isEmpty() ? ' ' : matcher.group(4).charAt(0);
    return new FunctionSignature(text, matcher.group(1), parameters, matcher.group(3), nullability);
  }

  /** The call in the user's eyes: {@code lpad(STRING, INT[, STRING])}. */
  String usage() {
    StringBuilder usage = new StringBuilder(name).append('(');
    for (Parameter parameter : parameters) {
      String separator = usage.length() == name.length() + 1 ? "" : ", ";
      String shown = (parameter.constant ? "constant " : "") + parameter.kind;
      usage.append(
          parameter.optional
              ? "[" + separator + shown + "]"
              : separator + shown + (parameter.repeated ? ", ..." : ""));
    }
    return usage.append(')').toString();
  }

  boolean takes(int count) {
    int required = (int) parameters.stream().filter(p -> !p.optional && !p.repeated).count();
    boolean open = !parameters.isEmpty() && parameters.getLast().repeated;
    return count >= required && (open || count <= parameters.size());
  }

  private Parameter parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }

  /** The index of the first argument that does not fit; -1 if all do. */
  int firstMisfit(List<BoundExpression> arguments, boolean exactly) {
    for (int i = 0; i < arguments.size(); i++) {
      Parameter parameter = parameter(i);
      BoundExpression argument = arguments.get(i);
      boolean fits =
          switch (parameter.kind) {
            case ANY -> argument.type().isFlat();
            case NUMBER -> argument.type().isNumeric() || argument.type() == DataType.VOID;
            default ->
                exactly
                    ? argument.type() == type(parameter.kind)
                    : Coercion.accepts(argument, type(parameter.kind));
          };
      if (!fits || parameter.constant && dependsOnRow(argument)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean dependsOnRow(BoundExpression argument) {
    return BoundTree.any(argument, part -> part instanceof BoundExpression.Input);
  }

  /** The call, its arguments converted; they all fit. */
  BoundExpression bind(CallSite site, List<BoundExpression> arguments) {
    List<BoundExpression> converted = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String kind = parameter(i).kind;
      BoundExpression argument =
          kind.equals(ANY) ? OperatorBinder.typed(arguments.get(i)) : arguments.get(i);
      boolean asIs = kind.equals(ANY) || kind.equals(NUMBER) && argument.type().isNumeric();
      DataType type = asIs ? argument.type() : kind.equals(NUMBER) ? DataType.DOUBLE : type(kind);
      converted.add(site.coercion().convert(argument, type));
    }
    boolean nullable =
        switch (nullability) {
          case '!' -> false;
          case '?' -> true;
          case '~' -> CallSite.anyNullable(converted) || !site.coercion().ansi();
          default -> CallSite.anyNullable(converted);
        };
    DataType type = result.equals("$1") ? converted.getFirst().type() : type(result);
    return new BoundExpression.Apply(name, converted, type, nullable);
  }

  /** The error for an argument that does not fit. */
  RuntimeException misfit(CallSite site, BoundExpression argument, int index) {
    Parameter parameter = parameter(index);
    if (!argument.type().isFlat()) {
      return Unsupported.nested(argument.sql(), argument.type());
    } else if (parameter.constant && Coercion.accepts(argument, type(parameter.kind))) {
      return site.error("argument " + (index + 1) + " must be a constant, not " + argument.sql());
    }
    boolean number = parameter.kind.equals(NUMBER);
    return site.needs(
        argument,
        name,
        number ? "a number" : parameter.kind,
        number ? DataType.DOUBLE : type(parameter.kind));
  }

  private static DataType type(String kind) {
    return DataType.Simple.valueOf(kind);
  }
}
