package io.millrace.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.perf.job.Idle;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.legacy.RichSinkFunction;

/** Alerts over an empty folder on Flink, whose file source looks once a second. */
public final class FlinkIdle {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int PARALLELISM = Runtime.getRuntime().availableProcessors();
  private static final CountDownLatch OPENED = new CountDownLatch(PARALLELISM);

  /** One row. */
  public static final class Reading {
    public String deviceId;
    public double temperature;
  }

  private static final class Alerts extends RichSinkFunction<Reading> {
    private static final long serialVersionUID = 1;

    @Override
    public void open(OpenContext context) {
      OPENED.countDown();
    }

    @Override
    public void invoke(Reading reading, Context context) {
      Idle.alert(reading.deviceId, reading.temperature);
    }
  }

  private FlinkIdle() {}

  public static void main(String[] arguments) throws Exception {
    Idle idle = new Idle(arguments);
    Configuration configuration = new Configuration();
    configuration.setString("security.delegation.tokens.enabled", "false");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
    environment.getConfig().enableObjectReuse();
    FileSource<String> source =
        FileSource.forRecordStreamFormat(
                new TextLineInputFormat(), new Path(idle.readings().toUri()))
            .monitorContinuously(Duration.ofSeconds(1))
            .build();
    environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), "readings")
        .map(FlinkIdle::parse)
        .returns(Reading.class)
        .filter(reading -> reading.temperature > Idle.LIMIT)
        .addSink(new Alerts());
    environment.executeAsync();
    OPENED.await();
    idle.measure();
  }

  private static Reading parse(String line) throws IOException {
    Reading reading = new Reading();
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "deviceId" -> reading.deviceId = parser.getText();
          case "temperature" -> reading.temperature = parser.getDoubleValue();
          default -> parser.skipChildren();
        }
      }
    }
    return reading;
  }
}
