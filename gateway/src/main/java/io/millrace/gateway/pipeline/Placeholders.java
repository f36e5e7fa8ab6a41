package io.millrace.gateway.pipeline;

import io.millrace.gateway.terminal.Secrets;
import io.millrace.spi.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code ${env:NAME}} and {@code ${file:path}}; what was filled in is a secret. {@code
 * $${env:NAME}} stands for the text itself.
 */
final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\$)?\\{([A-Za-z]+):([^{}]*)\\}");
  private static final List<String> KINDS = List.of("env", "file");

  private final Path folder;
  private final UnaryOperator<String> environment;
  private final Secrets secrets;

  /**
   * @param folder that relative paths are relative to
   * @param environment the value of a variable, or null
   */
  Placeholders(Path folder, UnaryOperator<String> environment, Secrets secrets) {
    this.folder = folder;
    this.environment = environment;
    this.secrets = secrets;
  }

  /** Whether filling in would change the text. */
  static boolean in(String text) {
    return text.indexOf('{') >= 0 && PLACEHOLDER.matcher(text).find();
  }

  /** The text filled in; what cannot be is reported and left as it is. */
  String fill(String text, int line, Problems problems) {
    if (!in(text)) {
      return text;
    }
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found, line, problems)));
  }

  private String value(java.util.regex.MatchResult found, int line, Problems problems) {
    String placeholder = found.group();
    if (found.group(1) != null) {
      return placeholder.substring(1);
    }
    String argument = found.group(3);
    String value =
        switch (found.group(2)) {
          case "env" -> variable(argument, line, problems);
          case "file" -> content(argument, line, problems);
          default -> {
            problems.add(
                line,
                "unknown placeholder "
                    + placeholder
                    + NearestName.suggestion(found.group(2), KINDS)
                    + "; known are ${env:NAME} and ${file:path}");
            yield null;
          }
        };
    if (value == null) {
      return placeholder;
    }
    secrets.add(value);
    return value;
  }

  private String variable(String name, int line, Problems problems) {
    String value = environment.apply(name);
    if (value == null) {
      problems.add(line, "environment variable " + name + " is not set");
    }
    return value;
  }

  private String content(String path, int line, Problems problems) {
    try {
      return Files.readString(folder.resolve(path)).stripTrailing();
    } catch (IOException | InvalidPathException e) {
      problems.add(line, "${file:" + path + "}: the file cannot be read: " + reason(e));
      return null;
    }
  }

  private static String reason(Exception e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException missing -> missing.getFile() + " does not exist";
      case java.nio.file.AccessDeniedException denied -> denied.getFile() + " may not be read";
      case java.nio.charset.CharacterCodingException coding -> "it is not UTF-8 text";
      default -> e.getMessage();
    };
  }
}
