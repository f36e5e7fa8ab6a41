package io.millrace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.millrace.StreamingQueryProgress.Latency;
import io.millrace.StreamingQueryProgress.SinkProgress;
import io.millrace.StreamingQueryProgress.SourceProgress;
import io.millrace.StreamingQueryProgress.StateOperatorProgress;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes reports as JSON the way Spark does: fields in order, maps by key, numbers that are not
 * finite and empty maps left out, offsets as JSON where they are JSON.
 */
final class ProgressJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ProgressJson() {}

  static String of(StreamingQueryProgress progress, boolean pretty) {
    return write(json -> progress(json, progress), pretty);
  }

  static String of(StreamingQueryStatus status, boolean pretty) {
    return write(
        json -> {
          json.writeStringField("message", status.message());
          json.writeBooleanField("isDataAvailable", status.isDataAvailable());
          json.writeBooleanField("isTriggerActive", status.isTriggerActive());
        },
        pretty);
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static String write(Fields fields, boolean pretty) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      if (pretty) {
        json.setPrettyPrinter(
            new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
      }
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void progress(JsonGenerator json, StreamingQueryProgress progress)
      throws IOException {
    json.writeStringField("id", progress.id().toString());
    json.writeStringField("runId", progress.runId().toString());
    json.writeStringField("name", progress.name());
    json.writeStringField("timestamp", progress.timestamp());
    json.writeNumberField("batchId", progress.batchId());
    json.writeNumberField("batchDuration", progress.batchDuration());
    json.writeNumberField("numInputRows", progress.numInputRows());
    finite(json, "inputRowsPerSecond", progress.inputRowsPerSecond());
    finite(json, "processedRowsPerSecond", progress.processedRowsPerSecond());
    numbers(json, "durationMs", progress.durationMs());
    texts(json, "eventTime", progress.eventTime());
    json.writeArrayFieldStart("stateOperators");
    for (StateOperatorProgress operator : progress.stateOperators()) {
      stateOperator(json, operator);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("sources");
    for (SourceProgress source : progress.sources()) {
      source(json, source);
    }
    json.writeEndArray();
    sink(json, progress.sink());
    if (progress.latency() != null) {
      latency(json, progress.latency());
    }
    texts(json, "storage", progress.storage());
    json.writeStringField("guarantee", progress.guarantee());
  }

  private static void stateOperator(JsonGenerator json, StateOperatorProgress operator)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("operatorName", operator.operatorName());
    json.writeNumberField("numRowsTotal", operator.numRowsTotal());
    json.writeNumberField("numRowsUpdated", operator.numRowsUpdated());
    json.writeNumberField("allUpdatesTimeMs", operator.allUpdatesTimeMs());
    json.writeNumberField("numRowsRemoved", operator.numRowsRemoved());
    json.writeNumberField("allRemovalsTimeMs", operator.allRemovalsTimeMs());
    json.writeNumberField("commitTimeMs", operator.commitTimeMs());
    json.writeNumberField("memoryUsedBytes", operator.memoryUsedBytes());
    json.writeNumberField("numRowsDroppedByWatermark", operator.numRowsDroppedByWatermark());
    json.writeNumberField("numShufflePartitions", operator.numShufflePartitions());
    json.writeNumberField("numStateStoreInstances", operator.numStateStoreInstances());
    numbers(json, "customMetrics", operator.customMetrics());
    json.writeEndObject();
  }

  private static void source(JsonGenerator json, SourceProgress source) throws IOException {
    json.writeStartObject();
    json.writeStringField("description", source.description());
    offset(json, "startOffset", source.startOffset());
    offset(json, "endOffset", source.endOffset());
    offset(json, "latestOffset", source.latestOffset());
    json.writeNumberField("numInputRows", source.numInputRows());
    finite(json, "inputRowsPerSecond", source.inputRowsPerSecond());
    finite(json, "processedRowsPerSecond", source.processedRowsPerSecond());
    texts(json, "metrics", source.metrics());
    json.writeEndObject();
  }

  private static void sink(JsonGenerator json, SinkProgress sink) throws IOException {
    json.writeObjectFieldStart("sink");
    json.writeStringField("description", sink.description());
    json.writeNumberField("numOutputRows", sink.numOutputRows());
    texts(json, "metrics", sink.metrics());
    json.writeEndObject();
  }

  private static void latency(JsonGenerator json, Latency latency) throws IOException {
    json.writeObjectFieldStart("latency");
    json.writeNumberField("p50", latency.p50());
    json.writeNumberField("p90", latency.p90());
    json.writeNumberField("p99", latency.p99());
    json.writeNumberField("p999", latency.p999());
    json.writeNumberField("max", latency.max());
    json.writeEndObject();
  }

  private static void finite(JsonGenerator json, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumberField(name, value);
    }
  }

  private static void numbers(JsonGenerator json, String name, Map<String, Long> values)
      throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Long> entry : new TreeMap<>(values).entrySet()) {
      json.writeNumberField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, Map<String, String> values)
      throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  /** A source's offset is JSON of its own; anything else is written as text. */
  private static void offset(JsonGenerator json, String name, String offset) throws IOException {
    json.writeFieldName(name);
    if (offset == null) {
      json.writeNull();
    } else if (isJson(offset)) {
      try (JsonParser parser = FACTORY.createParser(offset)) {
        while (parser.nextToken() != null) {
          json.copyCurrentEvent(parser);
        }
      }
    } else {
      json.writeString(offset);
    }
  }

  private static boolean isJson(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
