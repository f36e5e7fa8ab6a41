package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.types.AnalysisException;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import io.millrace.types.StreamingQueryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EngineThreads.class)
class QueryLifecycleTest {
  private static final Schema SCHEMA = Schema.parse("id BIGINT");

  private static StreamingQuery start(DataFrame frame, RowFunction function) {
    return frame.writeStream().foreachRow(function).start();
  }

  @Test
  void anIdleQueryStopsTwice() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query = start(input.toDF(), row -> {});
      query.processAllAvailable();
      assertThat(query.isActive()).isTrue();
      assertThat(query.awaitTermination(Duration.ofMillis(1))).isFalse();
      query.stop();
      query.stop();
      assertThat(query.isActive()).isFalse();
      assertThat(query.exception()).isEmpty();
      assertThat(query.status().message()).isEqualTo("Stopped");
      assertThat(query.awaitTermination(Duration.ZERO)).isTrue();
      query.awaitTermination();
      query.processAllAvailable();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void aBusyQueryStopsInTheMiddleOfAnEpoch(String execution) throws InterruptedException {
    try (Session session =
        TestSession.open("millrace.execution", execution, "millrace.blockRows", 64)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      CountDownLatch busy = new CountDownLatch(1);
      input.addData(Collections.nCopies(200_000, Row.of(1L)).toArray(Row[]::new));
      StreamingQuery query = start(input.toDF(), row -> busy.countDown());
      busy.await();
      query.stop();
      assertThat(query.isActive()).isFalse();
      assertThat(query.exception()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void aCallbackStopsItsOwnQuery(String execution) {
    try (Session session = TestSession.open("millrace.execution", execution)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      AtomicReference<StreamingQuery> query = new AtomicReference<>();
      CountDownLatch known = new CountDownLatch(1);
      query.set(
          start(
              input.toDF(),
              row -> {
                known.await();
                query.get().stop();
              }));
      known.countDown();
      input.addData(Row.of(1L));
      query.get().awaitTermination();
      assertThat(query.get().exception()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "staged"})
  void stopInterruptsACallbackThatBlocks(String execution) throws InterruptedException {
    try (Session session =
        TestSession.open(
            "millrace.execution", execution, "millrace.stopTimeout", "50 milliseconds")) {
      MemoryStream input = session.memoryStream(SCHEMA);
      CountDownLatch blocked = new CountDownLatch(1);
      StreamingQuery query =
          start(
              input.toDF(),
              row -> {
                blocked.countDown();
                new CountDownLatch(1).await();
              });
      input.addData(Row.of(1L));
      blocked.await();
      query.stop();
      assertThat(query.isActive()).isFalse();
      assertThat(query.exception()).isEmpty();
    }
  }

  @Test
  void waitingForOneselfIsRefused() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      AtomicReference<StreamingQuery> query = new AtomicReference<>();
      CountDownLatch known = new CountDownLatch(1);
      List<String> refusals = Collections.synchronizedList(new ArrayList<>());
      query.set(
          start(
              input.toDF(),
              row -> {
                known.await();
                for (Runnable call :
                    List.<Runnable>of(
                        query.get()::awaitTermination,
                        query.get()::processAllAvailable,
                        session::close)) {
                  assertThatThrownBy(call::run)
                      .isInstanceOf(AnalysisException.class)
                      .satisfies(e -> refusals.add(e.getMessage()));
                }
              }));
      input.addData(Row.of(1L));
      known.countDown();
      query.get().processAllAvailable();
      assertThat(refusals).hasSize(3).allMatch(text -> text.contains("callback"));
    }
  }

  @Test
  void aFailureReachesWhoeverWaits() throws InterruptedException {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query =
          start(
              input.toDF(),
              row -> {
                throw new java.io.IOException("disk on fire");
              });
      AtomicReference<Throwable> caught = new AtomicReference<>();
      Thread waiter =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      query.awaitTermination();
                    } catch (StreamingQueryException e) {
                      caught.set(e);
                    }
                  });
      input.addData(Row.of(1L));
      waiter.join();
      assertThat(caught.get())
          .isInstanceOfSatisfying(
              StreamingQueryException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.CONNECTOR);
                assertThat(e.queryId()).isEqualTo(query.id());
                assertThat(e.epoch()).isZero();
                assertThat(e.operator()).isEqualTo("foreachRow");
                assertThat(e.offsets()).contains("0 to 1");
              })
          .hasMessageContaining("disk on fire");
      assertThatThrownBy(query::processAllAvailable).isSameAs(caught.get());
      assertThatThrownBy(() -> query.awaitTermination(Duration.ZERO)).isSameAs(caught.get());
      assertThat(query.exception()).containsSame((StreamingQueryException) caught.get());
      assertThat(query.status().message()).contains("Terminated with exception");
    }
  }

  @Test
  void anInterruptedWaitKeepsTheFlag() {
    try (Session session = TestSession.open()) {
      StreamingQuery query = start(session.memoryStream(SCHEMA).toDF(), row -> {});
      Thread.currentThread().interrupt();
      assertThatThrownBy(query::awaitTermination).isInstanceOf(MillraceException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void theCallersThreadDrivesAQueryByPolling() {
    Thread caller = Thread.currentThread();
    List<Long> seen = new ArrayList<>();
    try (Session session = TestSession.open("millrace.execution", "staged")) {
      Inlet inlet = session.inlet("i", SCHEMA);
      StreamingQuery query =
          inlet
              .toDF()
              .writeStream()
              .foreachRow(
                  row -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    seen.add(row.getLong(0));
                  })
              .threads(Threads.CALLER)
              .start();
      assertThat(query.poll()).isZero();
      inlet.append(Row.of(1L));
      inlet.append(Row.of(2L));
      assertThat(seen).isEmpty();
      assertThat(query.poll()).isEqualTo(2);
      inlet.append(Row.of(3L));
      query.processAllAvailable();
      assertThat(seen).containsExactly(1L, 2L, 3L);
      inlet.close();
      while (query.isActive()) {
        query.poll();
      }
      assertThat(query.poll()).isZero();
      query.awaitTermination();
    }
  }

  @Test
  void pollingAQueryWithThreadsOfItsOwnIsRefused() {
    try (Session session = TestSession.open()) {
      StreamingQuery query = start(session.memoryStream(SCHEMA).toDF(), row -> {});
      assertThatThrownBy(query::poll)
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("threads(CALLER)");
    }
  }

  @Test
  void aPolledQueryIsStoppedFromItsCallbackAndFromAnotherThread() throws InterruptedException {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("i", SCHEMA);
      AtomicReference<StreamingQuery> query = new AtomicReference<>();
      RowFunction stopping =
          row -> {
            query.get().stop();
            assertThat(row.getLong(0)).isEqualTo(1); // the row is still there
            assertThatThrownBy(query.get()::poll).isInstanceOf(AnalysisException.class);
          };
      query.set(inlet.toDF().writeStream().foreachRow(stopping).threads(Threads.CALLER).start());
      inlet.append(Row.of(1L));
      while (query.get().isActive()) {
        query.get().poll();
      }
      assertThat(query.get().exception()).isEmpty();

      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      StreamingQuery other =
          inlet
              .toDF()
              .writeStream()
              .foreachRow(
                  row -> {
                    inside.countDown();
                    go.await();
                    assertThat(row.getLong(0)).isEqualTo(2);
                  })
              .threads(Threads.CALLER)
              .start();
      inlet.append(Row.of(2L));
      Thread stopper =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      inside.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                    go.countDown();
                    other.stop();
                  });
      other.poll();
      stopper.join();
      assertThat(other.isActive()).isFalse();
      assertThat(other.exception()).isEmpty();
    }
  }

  @Test
  void aPolledQueryThrowsItsFailure() {
    try (Session session = TestSession.open()) {
      Inlet inlet = session.inlet("i", SCHEMA);
      StreamingQuery query =
          inlet
              .toDF()
              .writeStream()
              .foreachRow(
                  row -> {
                    throw new IllegalStateException("no");
                  })
              .threads(Threads.CALLER)
              .start();
      inlet.append(Row.of(1L));
      assertThatThrownBy(query::poll).isInstanceOf(StreamingQueryException.class);
      assertThatThrownBy(query::poll).isInstanceOf(StreamingQueryException.class);
      assertThat(query.isActive()).isFalse();
    }
  }

  @Test
  void aRingSaysHowFullItWas() {
    try (Session session =
        TestSession.open("millrace.execution", "staged", "millrace.ringSlots", 16)) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query = start(input.toDF(), row -> {});
      input.addData(Row.of(1L));
      query.processAllAvailable();
      Map<String, String> metrics = query.recentProgress().getFirst().sink().metrics();
      assertThat(metrics).containsEntry("ringSlots", "16");
      assertThat(Long.parseLong(metrics.get("maxUsedRingSlots"))).isBetween(1L, 16L);
    }
  }

  @Test
  void closingASessionStopsItsQueriesAndNoOthers() {
    try (Session other = TestSession.open()) {
      MemoryStream otherInput = other.memoryStream(SCHEMA);
      StreamingQuery otherQuery = otherInput.toDF().writeStream().toTable("t");
      List<StreamingQuery> queries = new ArrayList<>();
      Session session = TestSession.open("millrace.execution", "staged");
      for (int i = 0; i < 3; i++) {
        queries.add(start(session.inlet("i" + i, SCHEMA).toDF(), row -> {}));
      }
      session.close();
      session.close();
      assertThat(queries).noneMatch(StreamingQuery::isActive);
      assertThatThrownBy(() -> session.memoryStream(SCHEMA)).hasMessageContaining("closed");
      otherInput.addData(Row.of(1L));
      otherQuery.processAllAvailable();
      assertThat(other.table("t").count()).isEqualTo(1);
    }
  }

  @Test
  void theManagerKnowsActiveQueriesAndTellsOfEnds() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery a = input.toDF().writeStream().queryName("a").format("memory").start();
      StreamingQuery b =
          input
              .toDF()
              .writeStream()
              .queryName("b")
              .foreachRow(
                  row -> {
                    throw new IllegalStateException("b fails");
                  })
              .start();
      QueryManager manager = session.streams();
      assertThat(manager.active()).containsExactlyInAnyOrder(a, b);
      assertThat(manager.get("a")).isSameAs(a);
      assertThat(manager.get(b.id())).isSameAs(b);
      assertThat(manager.get("none")).isNull();
      assertThat(manager.awaitAnyTermination(Duration.ZERO)).isFalse();
      assertThatThrownBy(() -> input.toDF().writeStream().queryName("a").format("memory").start())
          .isInstanceOf(AnalysisException.class)
          .hasMessageContaining("named a");
      input.addData(Row.of(1L));
      assertThatThrownBy(manager::awaitAnyTermination).hasMessageContaining("b fails");
      a.stop();
      assertThatThrownBy(manager::awaitAnyTermination).hasMessageContaining("b fails");
      manager.resetTerminated();
      assertThat(manager.awaitAnyTermination(Duration.ZERO)).isFalse();
      StreamingQuery again = input.toDF().writeStream().queryName("a").format("memory").start();
      again.stop();
      manager.awaitAnyTermination();
      assertThat(manager.active()).isEmpty();
    }
  }

  @Test
  void listenersAreToldInOrderThoughOneThrows() {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    StreamingQueryListener recording =
        new StreamingQueryListener() {
          @Override
          public void onQueryStarted(QueryStartedEvent event) {
            told.add("started " + event.name());
          }

          @Override
          public void onQueryProgress(QueryProgressEvent event) {
            told.add("progress " + event.progress().batchId());
          }

          @Override
          public void onQueryTerminated(QueryTerminatedEvent event) {
            told.add("terminated " + event.exception().isPresent());
          }
        };
    StreamingQueryListener throwing =
        new StreamingQueryListener() {
          @Override
          public void onQueryStarted(QueryStartedEvent event) {
            throw new IllegalStateException("listener");
          }

          @Override
          public void onQueryProgress(QueryProgressEvent event) {
            throw new AssertionError("listener");
          }
        };
    List<String> removed = new ArrayList<>();
    StreamingQueryListener gone =
        new StreamingQueryListener() {
          @Override
          public void onQueryStarted(QueryStartedEvent event) {
            removed.add("started");
          }
        };
    try (Session session = TestSession.open()) {
      session.streams().addListener(throwing);
      session.streams().addListener(recording);
      session.streams().addListener(gone);
      session.streams().removeListener(gone);
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query = input.toDF().writeStream().queryName("q").format("memory").start();
      assertThat(told).containsExactly("started q");
      input.addData(Row.of(1L));
      input.addData(Row.of(2L));
      query.processAllAvailable();
    }
    assertThat(told).containsExactly("started q", "progress 0", "progress 1", "terminated false");
    assertThat(removed).isEmpty();
  }

  @Test
  void progressSaysWhatAnEpochDid() {
    try (Session session = TestSession.open()) {
      MemoryStream input = session.memoryStream(SCHEMA);
      StreamingQuery query =
          input.toDF().filter("id > 1").writeStream().queryName("q").format("memory").start();
      assertThat(query.lastProgress()).isNull();
      input.addData(Row.of(1L), Row.of(2L), Row.of(3L));
      query.processAllAvailable();
      input.addData(Row.of(4L));
      query.processAllAvailable();
      assertThat(query.recentProgress()).hasSize(2);
      StreamingQueryProgress first = query.recentProgress().getFirst();
      assertThat(first.id()).isEqualTo(query.id());
      assertThat(first.runId()).isEqualTo(query.runId());
      assertThat(first.name()).isEqualTo("q");
      assertThat(first.numInputRows()).isEqualTo(3);
      assertThat(first.durationMs())
          .containsOnlyKeys(
              "triggerExecution", "queryPlanning", "walCommit", "addBatch", "commitOffsets");
      assertThat(first.sources())
          .singleElement()
          .satisfies(
              source -> {
                assertThat(source.description()).isEqualTo("MemoryStream[0]");
                assertThat(source.startOffset()).isEqualTo("0");
                assertThat(source.endOffset()).isEqualTo("1");
                assertThat(source.numInputRows()).isEqualTo(3);
              });
      assertThat(first.sink().description()).isEqualTo("MemoryTable[q]");
      assertThat(first.sink().numOutputRows()).isEqualTo(2);
      assertThat(first.latency()).isNotNull();
      assertThat(first.json()).contains("\"numInputRows\":3", "\"p999\"");
      assertThat(query.lastProgress().sources().getFirst().startOffset()).isEqualTo("1");
      assertThat(query.guarantee()).contains("no checkpoint");
    }
  }
}
