package io.millrace.oracle;

import io.millrace.OutputMode;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Draws queries that the engine accepts. */
final class RandomQuery {
  private static final long SECOND = 1_000_000;
  private static final List<String> OF_ANY =
      List.of(
          "count",
          "min",
          "max",
          "first",
          "last",
          "collect_list",
          "collect_set",
          "min_by",
          "max_by");
  private static final List<String> OF_NUMBERS =
      List.of("sum", "sum", "avg", "avg", "variance", "var_pop", "stddev", "stddev_pop");

  private final Random random;

  RandomQuery(Random random) {
    this.random = random;
  }

  QuerySpec next() {
    Schema schema = schema();
    OutputMode mode = OutputMode.values()[random.nextInt(3)];
    int inputs = random.nextInt(3) == 0 ? 2 : 1;
    boolean unionFirst = random.nextBoolean();
    List<Optional<Long>> delays = delays(mode, unionFirst ? 1 : inputs);
    Grouping first = first(schema, mode);
    boolean two =
        mode == OutputMode.APPEND
            && !(first.windows() instanceof Windows.Instants)
            && random.nextInt(3) == 0;
    return new QuerySpec(
        schema,
        inputs,
        delays,
        unionFirst,
        random.nextBoolean(),
        sometimes(8, this::condition),
        sometimes(4, this::condition),
        first,
        two ? Optional.of(second(first)) : Optional.empty(),
        mode,
        random.nextBoolean(),
        random.nextBoolean());
  }

  private <T> Optional<T> sometimes(int outOf, java.util.function.Supplier<T> value) {
    return random.nextInt(outOf) == 0 ? Optional.of(value.get()) : Optional.empty();
  }

  private Schema schema() {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("ts", DataType.TIMESTAMP, true));
    fields.add(new Field("n", DataType.INT, true));
    fields.add(new Field("flag", DataType.BOOLEAN, true));
    fields.add(new Field("gap", DataType.INT, true));
    for (int i = random.nextInt(4); i > 0; i--) {
      fields.add(new Field("k" + i, type(), random.nextInt(4) > 0));
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      fields.add(new Field("v" + i, type(), random.nextInt(4) > 0));
    }
    return new Schema(fields);
  }

  private DataType type() {
    if (random.nextInt(6) == 0) {
      int precision = 1 + random.nextInt(38);
      return new DataType.Decimal(precision, random.nextInt(precision + 1));
    }
    DataType.Simple[] types = DataType.Simple.values();
    DataType type = types[random.nextInt(types.length)];
    return type == DataType.VOID ? DataType.STRING : type;
  }

  private List<Optional<Long>> delays(OutputMode mode, int watermarks) {
    List<Optional<Long>> delays = new ArrayList<>();
    boolean all = mode == OutputMode.APPEND || random.nextInt(3) > 0;
    for (int i = 0; i < watermarks; i++) {
      long delay = random.nextInt(3) == 0 ? 0 : random.nextLong(20 * SECOND);
      delays.add(all || random.nextBoolean() ? Optional.of(delay) : Optional.empty());
    }
    return delays;
  }

  private Grouping first(Schema schema, OutputMode mode) {
    List<String> keys = schema.names().stream().filter(name -> name.startsWith("k")).toList();
    List<String> values =
        schema.names().stream()
            .filter(name -> name.startsWith("v") || name.equals("n") || name.startsWith("k"))
            .toList();
    Windows windows = windows(mode);
    List<Call> calls = new ArrayList<>();
    calls.add(new Call("count", List.of(), false, Optional.empty()));
    for (int i = random.nextInt(4); i > 0; i--) {
      Call call = call(schema, values);
      if (!isPutTogether(windows, mode) || isExact(call, schema)) {
        calls.add(call);
      }
    }
    return new Grouping(
        windows,
        keys,
        calls,
        sometimes(5, () -> new Condition("c0", operator(), random.nextInt(4))));
  }

  private Windows windows(OutputMode mode) {
    int kind = random.nextInt(10);
    if (kind == 0) {
      return new Windows.Instants();
    } else if (kind < 3 && mode != OutputMode.APPEND) {
      return new Windows.None();
    } else if (kind < 6 && mode != OutputMode.UPDATE) {
      return new Windows.Sessions(sometimes(2, () -> 1 + random.nextLong(5 * SECOND)));
    }
    return fixed();
  }

  /** Whether groups may be made of others that know their rows no more. */
  private static boolean isPutTogether(Windows windows, OutputMode mode) {
    return switch (windows) {
      case Windows.None ignored -> false;
      case Windows.Instants ignored -> false;
      case Windows.Fixed fixed -> mode == OutputMode.APPEND && fixed.isMadeOfPanes();
      case Windows.Sessions ignored -> true;
    };
  }

  /** Whether the result does not depend on the way in which groups become one. */
  private static boolean isExact(Call call, Schema schema) {
    if (!OF_NUMBERS.contains(call.function())) {
      return true;
    }
    DataType type = schema.field(schema.indexOf(call.arguments().getFirst()).orElseThrow()).type();
    return List.of("sum", "avg").contains(call.function())
        && (type == DataType.TINYINT || type == DataType.SMALLINT || type == DataType.INT);
  }

  private Windows fixed() {
    long size = 1 + random.nextLong(20 * SECOND);
    size = random.nextBoolean() ? Math.ceilDiv(size, SECOND) * SECOND : size;
    long slide = random.nextBoolean() ? size : Math.ceilDiv(size, 1 + random.nextInt(4));
    slide = random.nextBoolean() ? slide : Math.min(size, slide + random.nextLong(SECOND));
    return new Windows.Fixed(size, slide, random.nextBoolean() ? 0 : random.nextLong(slide));
  }

  private Call call(Schema schema, List<String> values) {
    if (random.nextInt(8) == 0) {
      String function = random.nextBoolean() ? "bool_and" : "bool_or";
      return new Call(function, List.of("flag"), false, sometimes(4, this::condition));
    }
    String value = values.get(random.nextInt(values.size()));
    DataType type = schema.field(schema.indexOf(value).orElseThrow()).type();
    List<String> functions = type.isNumeric() && random.nextBoolean() ? OF_NUMBERS : OF_ANY;
    String function = functions.get(random.nextInt(functions.size()));
    boolean by = function.equals("min_by") || function.equals("max_by");
    boolean several = by || function.equals("count") && random.nextInt(3) == 0;
    return new Call(
        function,
        several ? List.of(value, values.get(random.nextInt(values.size()))) : List.of(value),
        canBeDistinct(function) && random.nextInt(3) == 0,
        sometimes(4, this::condition));
  }

  private static boolean canBeDistinct(String function) {
    return List.of("count", "sum", "avg", "collect_list").contains(function);
  }

  private Condition condition() {
    return new Condition("n", operator(), random.nextInt(-5, 6));
  }

  private Condition.Operator operator() {
    return Condition.Operator.values()[random.nextInt(3)];
  }

  private Grouping second(Grouping first) {
    List<String> keys = first.keys().stream().filter(key -> random.nextBoolean()).toList();
    List<Call> calls = new ArrayList<>();
    calls.add(new Call("sum", List.of("c0"), false, Optional.empty()));
    calls.add(new Call("count", List.of(), false, sometimes(2, this::onCount)));
    for (int i = random.nextInt(3); i > 0; i--) {
      List<String> functions = List.of("min", "max", "first", "last", "avg", "collect_list");
      String function = functions.get(random.nextInt(functions.size()));
      calls.add(new Call(function, List.of("c0"), false, sometimes(3, this::onCount)));
    }
    return new Grouping(fixed(), keys, calls, sometimes(4, this::onCount));
  }

  private Condition onCount() {
    return new Condition("c0", operator(), random.nextInt(5));
  }
}
