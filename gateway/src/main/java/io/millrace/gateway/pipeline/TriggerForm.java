package io.millrace.gateway.pipeline;

import io.millrace.Trigger;
import io.millrace.types.AnalysisException;
import java.util.List;

/** Reads {@code trigger: {processingTime: 1 second}} and its other forms. */
final class TriggerForm {
  private static final List<String> KINDS =
      List.of("processingTime", "once", "availableNow", "continuous", "eventCount");

  private TriggerForm() {}

  /** The default trigger if the form is wrong; that is reported. */
  static Trigger read(YamlMapping form) {
    form.known(KINDS);
    List<String> kinds = form.keys().stream().filter(KINDS::contains).toList();
    if (kinds.size() != 1) {
      form.report("", "expected one of " + String.join(", ", KINDS) + ", found " + kinds.size());
      return Trigger.DEFAULT;
    }
    String kind = kinds.getFirst();
    return form.text(kind)
        .map(
            value -> {
              try {
                return trigger(kind, value.text().strip());
              } catch (AnalysisException e) {
                form.report(kind, e.getMessage());
                return Trigger.DEFAULT;
              }
            })
        .orElse(Trigger.DEFAULT);
  }

  private static Trigger trigger(String kind, String value) {
    return switch (kind) {
      case "processingTime" -> Trigger.processingTime(value);
      case "continuous" -> Trigger.continuous(value);
      case "eventCount" -> Trigger.eventCount(count(value));
      case "once" -> onlyTrue(kind, value, Trigger.once());
      default -> onlyTrue(kind, value, Trigger.availableNow());
    };
  }

  private static long count(String value) {
    try {
      return Long.parseLong(value.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new AnalysisException("eventCount: expected a whole number, found " + value, e);
    }
  }

  private static Trigger onlyTrue(String kind, String value, Trigger trigger) {
    if (!value.equalsIgnoreCase("true")) {
      throw new AnalysisException(
          kind + ": expected true, found " + value + "; leave the trigger out for the default");
    }
    return trigger;
  }
}
