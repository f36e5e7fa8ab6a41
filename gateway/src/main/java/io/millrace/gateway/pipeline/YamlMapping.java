package io.millrace.gateway.pipeline;

import io.millrace.spi.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of a pipeline file. What is wrong is reported, and asking goes on as if the key were
 * not there, so that one reading finds every problem.
 */
final class YamlMapping {
  /** A key's line and its value. */
  private record Entry(int line, Node value) {}

  private final String owner;
  private final int line;
  private final Placeholders placeholders;
  private final Problems problems;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * @param owner what this is, for messages: {@code source readings}
   * @param line of the key whose value this is
   */
  private YamlMapping(String owner, int line, Placeholders placeholders, Problems problems) {
    this.owner = owner;
    this.line = line;
    this.placeholders = placeholders;
    this.problems = problems;
  }

  /** A node that ought to be a mapping; an empty one, reported, if it is not. */
  static YamlMapping of(
      Node node, String owner, int line, Placeholders placeholders, Problems problems) {
    YamlMapping mapping = new YamlMapping(owner, line, placeholders, problems);
    if (node instanceof MappingNode content) {
      content.getValue().forEach(mapping::add);
    } else {
      problems.add(line, owner + ": expected a mapping, found " + kind(node));
    }
    return mapping;
  }

  private void add(NodeTuple tuple) {
    int keyLine = line(tuple.getKeyNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.add(keyLine, owner + ": expected a name as key, found " + kind(tuple.getKeyNode()));
    } else if (entries.containsKey(key.getValue())) {
      problems.add(
          keyLine,
          owner
              + ": "
              + key.getValue()
              + " stands twice; it is also in line "
              + entries.get(key.getValue()).line);
    } else {
      entries.put(key.getValue(), new Entry(keyLine, tuple.getValueNode()));
    }
  }

  /** This mapping, unknown keys reported. */
  YamlMapping known(List<String> keys) {
    entries.forEach(
        (key, entry) -> {
          if (!keys.contains(key)) {
            problems.add(
                entry.line,
                owner
                    + ": unknown key "
                    + key
                    + NearestName.suggestion(key, keys)
                    + "; known are "
                    + String.join(", ", keys));
          }
        });
    return this;
  }

  int line() {
    return line;
  }

  /** The line of a key, or of this mapping if it has no such key. */
  int line(String key) {
    Entry entry = entries.get(key);
    return entry == null ? line : entry.line;
  }

  Set<String> keys() {
    return entries.keySet();
  }

  void report(String key, String message) {
    problems.add(line(key), owner + ": " + message);
  }

  /** A text, a number, a date or a truth value, as text. */
  Optional<Scalar> text(String key) {
    Entry entry = entries.get(key);
    return entry == null ? Optional.empty() : scalar(key, entry.value, entry.line);
  }

  /** The same; reported if it is missing. */
  Optional<Scalar> requireText(String key, String example) {
    if (!entries.containsKey(key)) {
      problems.add(line, owner + ": " + key + " is missing; write for example " + example);
    }
    return text(key);
  }

  /** A mapping, empty if there is no such key. */
  Optional<YamlMapping> mapping(String key, String ownerOfValue) {
    Entry entry = entries.get(key);
    return entry == null
        ? Optional.empty()
        : Optional.of(of(entry.value, ownerOfValue, entry.line, placeholders, problems));
  }

  /** Every key whose value is a mapping, with that mapping. */
  void eachMapping(String kindOfEntry, BiConsumer<String, YamlMapping> action) {
    for (String key : entries.keySet()) {
      mapping(key, kindOfEntry + " " + key).ifPresent(value -> action.accept(key, value));
    }
  }

  /** Every key with its text. */
  Map<String, Scalar> texts() {
    Map<String, Scalar> texts = new LinkedHashMap<>();
    for (String key : entries.keySet()) {
      text(key).ifPresent(text -> texts.put(key, text));
    }
    return texts;
  }

  /** One text, or a list of texts. */
  List<Scalar> list(String key) {
    Entry entry = entries.get(key);
    if (entry != null && entry.value instanceof SequenceNode sequence) {
      return sequence.getValue().stream()
          .flatMap(node -> scalar(key, node, line(node)).stream())
          .toList();
    }
    return text(key).stream().toList();
  }

  private Optional<Scalar> scalar(String key, Node node, int keyLine) {
    if (!(node instanceof ScalarNode scalar) || isNull(scalar)) {
      problems.add(keyLine, owner + ": " + key + ": expected a text, found " + kind(node));
      return Optional.empty();
    }
    return Optional.of(
        new Scalar(
            placeholders.fill(scalar.getValue(), line(scalar), problems),
            line(scalar),
            scalar.getScalarStyle() == ScalarStyle.LITERAL));
  }

  static int line(Node node) {
    return node.getStartMark().orElseThrow().getLine() + 1;
  }

  private static boolean isNull(ScalarNode node) {
    return node.isPlain()
        && switch (node.getValue()) {
          case "", "~", "null", "Null", "NULL" -> true;
          default -> false;
        };
  }

  private static String kind(Node node) {
    return switch (node) {
      case ScalarNode scalar when isNull(scalar) -> "nothing";
      case ScalarNode scalar -> "the text " + abbreviated(scalar.getValue());
      case SequenceNode sequence -> "a list";
      default -> "a mapping";
    };
  }

  private static String abbreviated(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
