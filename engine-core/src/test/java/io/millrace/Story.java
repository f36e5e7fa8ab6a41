package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Clock;
import io.millrace.types.AnalysisException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.types.StreamingQueryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * One query told step by step: batches of rows go in, and after each step the rows that came out
 * since, what was late, what is kept and where the watermark stands are compared. Rows out are
 * written as their values with a blank between them, in the order in which they came.
 *
 * <p>Unless said otherwise the caller's thread drives the query. A step is over when its method
 * returns. {@link #close} proves that all memory was given back.
 */
final class Story implements AutoCloseable {
  /** Of every input. */
  static final Schema SCHEMA = Schema.parse("k STRING, v BIGINT, ts TIMESTAMP");

  private final OutputMode mode;
  private final Function<List<DataFrame>, DataFrame> plan;
  private final List<List<Row[]>> added = new ArrayList<>();
  private final List<MemoryStream> streams = new ArrayList<>();
  private final List<Object> settings = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private Clock clock = Clock.SYSTEM;
  private Trigger trigger = Trigger.DEFAULT;
  private Threads threads = Threads.CALLER;
  private String poison;
  private Session session;
  private StreamingQuery query;

  private Story(String mode, int inputs, Function<List<DataFrame>, DataFrame> plan) {
    this.mode = OutputMode.parse(mode);
    this.plan = plan;
    for (int i = 0; i < inputs; i++) {
      added.add(new ArrayList<>());
    }
  }

  /** Over one input. */
  static Story of(String mode, Function<DataFrame, DataFrame> plan) {
    return new Story(mode, 1, inputs -> plan.apply(inputs.getFirst()));
  }

  static Story ofInputs(String mode, int inputs, Function<List<DataFrame>, DataFrame> plan) {
    return new Story(mode, inputs, plan);
  }

  /** A row of key {@code k} with the same second as value and as time. */
  static Row row(String key, long second) {
    return Row.of(key, second, Instant.ofEpochSecond(second));
  }

  /** Rows of one key. */
  static Row[] rows(String key, long... seconds) {
    return LongStream.of(seconds).mapToObj(second -> row(key, second)).toArray(Row[]::new);
  }

  /** From the next start on. */
  Story setting(String key, Object value) {
    settings.add(key);
    settings.add(value);
    return this;
  }

  /** From the next start on. */
  Story option(String key, Object value) {
    options.add(key);
    options.add(value.toString());
    return this;
  }

  Story checkpoint(Path directory) {
    return option("checkpointLocation", directory);
  }

  Story clock(Clock time) {
    clock = time;
    return this;
  }

  /** From the next start on. */
  Story trigger(Trigger when) {
    trigger = when;
    return this;
  }

  /** From the next start on several threads share the rows, and the groups by their keys. */
  Story parallel(int pipelines) {
    threads = Threads.ENGINE;
    return setting("millrace.execution", "staged").setting("millrace.parallelism", pipelines);
  }

  /** The application fails once, at this row of the output. */
  Story failsAt(String row) {
    poison = row;
    return this;
  }

  /** One batch of the first input. */
  Story add(long... seconds) {
    return add(rows("a", seconds));
  }

  /** One batch of the first input. */
  Story add(Row... rows) {
    return addTo(0, rows);
  }

  /** One batch of an input. */
  Story addTo(int input, long... seconds) {
    return addTo(input, rows("a", seconds));
  }

  Story addTo(int input, Row... rows) {
    added.get(input).add(rows);
    if (session != null) {
      streams.get(input).addData(rows);
    }
    return this;
  }

  /** Processes what was added; these rows come out, and no others. */
  Story gives(String... rows) {
    process();
    assertThat(seen).containsExactly(rows);
    return this;
  }

  /** The same where the order of the rows is not the query's to say. */
  Story givesInAnyOrder(String... rows) {
    process();
    assertThat(seen).containsExactlyInAnyOrder(rows);
    return this;
  }

  /** The query fails with this in its message, and is over. */
  Story fails(String message) {
    assertThatThrownBy(this::process)
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageContaining(message);
    return this;
  }

  /** The query is refused before anything starts, with this in the message. */
  void refused(String message) {
    assertThatThrownBy(this::start)
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(message);
    assertThat(query).isNull();
  }

  void process() {
    seen.clear();
    start();
    query.processAllAvailable();
  }

  /** The rows that came out in the last step. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  /** Rows that the last epoch dropped, per stateful operator, the first one first. */
  Story late(Long... rows) {
    assertThat(operators()).map(p -> p.numRowsDroppedByWatermark()).containsExactly(rows);
    return this;
  }

  /** Groups that are kept, per stateful operator. */
  Story state(Long... groups) {
    assertThat(operators()).map(p -> p.numRowsTotal()).containsExactly(groups);
    return this;
  }

  /** Rows of the last epoch without an event time, or too far ahead; both 0 if it had none. */
  Story setAside(long withoutTime, long ahead) {
    Map<String, String> times = progress().eventTime();
    assertThat(times.getOrDefault("numNullRows", "0")).isEqualTo(Long.toString(withoutTime));
    assertThat(times.getOrDefault("numFutureRows", "0")).isEqualTo(Long.toString(ahead));
    return this;
  }

  /** The watermark as the last epoch left it. */
  Story watermark(long second) {
    return eventTime("watermark", second);
  }

  /**
   * @param key of the progress report's event times: min, max, avg or watermark
   */
  Story eventTime(String key, long second) {
    assertThat(progress().eventTime())
        .containsEntry(key, StreamingQueryProgress.isoMilliseconds(Instant.ofEpochSecond(second)));
    return this;
  }

  private List<StreamingQueryProgress.StateOperatorProgress> operators() {
    return progress().stateOperators();
  }

  StreamingQueryProgress progress() {
    return query.lastProgress();
  }

  Session session() {
    return session;
  }

  StreamingQuery query() {
    return query;
  }

  Story start() {
    if (session == null) {
      session = TestSession.open(clock, settings.toArray());
      for (List<Row[]> batches : added) {
        MemoryStream stream = session.memoryStream(SCHEMA);
        batches.forEach(stream::addData);
        streams.add(stream);
      }
    }
    if (query == null) {
      DataStreamWriter writer =
          plan.apply(streams.stream().map(MemoryStream::toDF).toList())
              .writeStream()
              .outputMode(mode)
              .trigger(trigger)
              .foreachRow(this::take)
              .threads(threads);
      for (int i = 0; i < options.size(); i += 2) {
        writer.option(options.get(i), options.get(i + 1));
      }
      query = writer.start();
    }
    return this;
  }

  private void take(RowView view) {
    String row =
        Arrays.stream(view.toRow().values().toArray())
            .map(String::valueOf)
            .collect(Collectors.joining(" "));
    if (row.equals(poison)) {
      poison = null;
      throw new IllegalStateException("the application fails at " + row);
    }
    seen.add(row);
  }

  /** Ends the process, so to say: a new one has the checkpoint and the same input, nothing else. */
  Story restart() {
    close();
    return start();
  }

  @Override
  public void close() {
    if (query != null) {
      query.stop();
      query = null;
    }
    if (session != null) {
      Session closing = session;
      session = null;
      streams.clear();
      closing.close();
    }
  }
}
