package io.millrace.perf.profile;

import io.millrace.perf.profile.Samples.Stack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** CPU time by part and by method. */
final class Profile {
  private static final String ENGINE = "io.millrace.";
  private static final String BENCHMARK = "io.millrace.perf.";

  private final Map<Part, Double> parts = new EnumMap<>(Part.class);
  private final Map<String, Double> engineMethods = new HashMap<>();
  private final Map<String, Double> methods = new HashMap<>();
  private final Map<String, Double> others = new HashMap<>();

  /** A method, or a class, and its CPU time. */
  record Line(String name, double seconds) {}

  private Profile() {}

  static Profile of(Samples samples) {
    Profile profile = new Profile();
    samples.stacks().forEach(profile::add);
    return profile;
  }

  private void add(Stack stack) {
    List<String> names = stack.methods();
    String engine = names.stream().filter(Profile::isEngine).findFirst().orElse(names.getFirst());
    Part part = PartTable.of(names);
    parts.merge(part, stack.seconds(), Double::sum);
    methods.merge(names.getFirst(), stack.seconds(), Double::sum);
    engineMethods.merge(engine, stack.seconds(), Double::sum);
    if (part == Part.OTHER) {
      others.merge(engine.substring(0, engine.lastIndexOf('.')), stack.seconds(), Double::sum);
    }
  }

  private static boolean isEngine(String method) {
    return method.startsWith(ENGINE) && !method.startsWith(BENCHMARK);
  }

  double seconds(Part part) {
    return parts.getOrDefault(part, 0.0);
  }

  double totalSeconds() {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** By the innermost method of the engine, or of all where there is none. */
  List<Line> engineMethods() {
    return sorted(engineMethods);
  }

  /** By the innermost method. */
  List<Line> methods() {
    return sorted(methods);
  }

  /** By the class of what belongs to no part. */
  List<Line> others() {
    return sorted(others);
  }

  private static List<Line> sorted(Map<String, Double> seconds) {
    List<Line> lines = new ArrayList<>();
    seconds.forEach((name, its) -> lines.add(new Line(name, its)));
    lines.sort(Comparator.comparing(Line::seconds).reversed().thenComparing(Line::name));
    return lines;
  }
}
