package io.millrace.benchmarks.alternatives;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.benchmarks.RowBenchmark;
import io.millrace.benchmarks.data.AlertChecksum;
import io.millrace.benchmarks.data.Answer;
import io.millrace.benchmarks.data.FieldOrder;
import io.millrace.benchmarks.data.ReadingLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/**
 * The alerts with an object per row, read by Jackson's streaming parser, timestamps looked into
 * only where they are needed; beside it {@code stage.AlertsFromJson}.
 */
public class AlertsThroughObjects extends RowBenchmark {
  private static final int ROWS = 65_536;
  private static final double LIMIT = 100;

  private record Reading(String deviceId, String timestamp, double temperature) {}

  private record Alert(String deviceId, double temperature, Instant timestamp) {}

  @Param({"STABLE", "SHUFFLED"})
  public FieldOrder order;

  private final JsonFactory factory = new JsonFactory();
  private byte[] text;
  private Answer expected;
  private List<Alert> alerts = List.of();

  @Override
  protected void prepare(BufferAllocator memory) {
    try (ReadingLines lines = new ReadingLines(memory, ROWS, order)) {
      text = lines.toArray();
      expected = lines.answer();
    }
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Object alerts() throws IOException {
    List<Alert> found = new ArrayList<>();
    try (JsonParser parser = factory.createParser(text)) {
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        Reading reading = read(parser);
        if (reading.temperature() > LIMIT) {
          found.add(
              new Alert(
                  reading.deviceId(), reading.temperature(), Instant.parse(reading.timestamp())));
        }
      }
    }
    return alerts = found;
  }

  private static Reading read(JsonParser parser) throws IOException {
    String deviceId = null;
    String timestamp = null;
    double temperature = Double.NaN;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "deviceId" -> deviceId = parser.getText();
        case "timestamp" -> timestamp = parser.getText();
        case "temperature" -> temperature = parser.getDoubleValue();
        default -> parser.skipChildren();
      }
    }
    return new Reading(deviceId, timestamp, temperature);
  }

  @Override
  protected void check() {
    long checksum = 0;
    for (Alert alert : alerts) {
      byte[] device = alert.deviceId().getBytes(StandardCharsets.UTF_8);
      checksum +=
          AlertChecksum.ofRow(
              AlertChecksum.deviceHash(device, 0, device.length),
              alert.temperature(),
              alert.timestamp().toEpochMilli() * 1000);
    }
    expected.requireSame(new Answer(ROWS, alerts.size(), checksum));
  }

  @Override
  protected void release() {}
}
