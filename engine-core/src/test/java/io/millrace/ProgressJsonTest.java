package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.StreamingQueryProgress.Latency;
import io.millrace.StreamingQueryProgress.SinkProgress;
import io.millrace.StreamingQueryProgress.SourceProgress;
import io.millrace.StreamingQueryProgress.StateOperatorProgress;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProgressJsonTest {
  private static final UUID ID = new UUID(0, 1);
  private static final UUID RUN_ID = new UUID(0, 2);

  private static StreamingQueryProgress full() {
    return StreamingQueryProgress.builder(ID, RUN_ID, "alerts")
        .timestamp(Instant.parse("2016-12-05T20:54:20.827999Z"))
        .batchId(2)
        .batchDuration(17)
        .rates(10.0, 11.5)
        .durationMs("triggerExecution", 17)
        .durationMs("addBatch", 12)
        .eventTime("watermark", Instant.parse("2016-12-05T20:54:10Z"))
        .eventTime("max", Instant.parse("2016-12-05T20:54:20Z"))
        .stateOperator(
            new StateOperatorProgress(
                "agg", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, Map.of("z", 1L, "y", 2L)))
        .source(
            new SourceProgress(
                "files[in]",
                null,
                "{\"file\": 3, \"names\":[\"a\"]}",
                "123",
                678,
                10.0,
                11.5,
                Map.of("numRejectedRows", "1")))
        .source(
            new SourceProgress(
                "other", "a b", "{", "[1] 2", 22, Double.NaN, Double.POSITIVE_INFINITY, Map.of()))
        .sink(new SinkProgress("console", 5, Map.of()))
        .latency(new Latency(1, 2, 3, 4, 5))
        .guarantee("at least once")
        .build();
  }

  @Test
  void fieldsHaveSparksNamesAndOrder() {
    assertThat(full().json())
        .isEqualTo(
            """
            {"id":"00000000-0000-0000-0000-000000000001","runId":"00000000-0000-0000-0000-000000000002",\
            "name":"alerts","timestamp":"2016-12-05T20:54:20.827Z","batchId":2,"batchDuration":17,\
            "numInputRows":700,"inputRowsPerSecond":10.0,"processedRowsPerSecond":11.5,\
            "durationMs":{"addBatch":12,"triggerExecution":17},\
            "eventTime":{"max":"2016-12-05T20:54:20.000Z","watermark":"2016-12-05T20:54:10.000Z"},\
            "stateOperators":[{"operatorName":"agg","numRowsTotal":1,"numRowsUpdated":2,\
            "allUpdatesTimeMs":3,"numRowsRemoved":4,"allRemovalsTimeMs":5,"commitTimeMs":6,\
            "memoryUsedBytes":7,"numRowsDroppedByWatermark":8,"numShufflePartitions":9,\
            "numStateStoreInstances":10,"customMetrics":{"y":2,"z":1}}],\
            "sources":[{"description":"files[in]","startOffset":null,\
            "endOffset":{"file":3,"names":["a"]},"latestOffset":123,"numInputRows":678,\
            "inputRowsPerSecond":10.0,"processedRowsPerSecond":11.5,\
            "metrics":{"numRejectedRows":"1"}},\
            {"description":"other","startOffset":"a b","endOffset":"{","latestOffset":"[1] 2",\
            "numInputRows":22}],\
            "sink":{"description":"console","numOutputRows":5},\
            "latency":{"p50":1,"p90":2,"p99":3,"p999":4,"max":5},"guarantee":"at least once"}""");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(StreamingQueryProgress.builder(ID, RUN_ID, null).batchId(0).build().json())
        .isEqualTo(
            """
            {"id":"00000000-0000-0000-0000-000000000001","runId":"00000000-0000-0000-0000-000000000002",\
            "name":null,"timestamp":"1970-01-01T00:00:00.000Z","batchId":0,"batchDuration":0,\
            "numInputRows":0,"stateOperators":[],"sources":[],\
            "sink":{"description":"","numOutputRows":-1},"guarantee":""}""");
  }

  @Test
  void prettyJsonIsIndentedAsSparksIs() {
    assertThat(
            StreamingQueryProgress.builder(ID, RUN_ID, "q")
                .source(new SourceProgress("s", "1", "2", "3", 4, 5, 6, Map.of()))
                .build()
                .prettyJson())
        .isEqualTo(
            """
            {
              "id" : "00000000-0000-0000-0000-000000000001",
              "runId" : "00000000-0000-0000-0000-000000000002",
              "name" : "q",
              "timestamp" : "1970-01-01T00:00:00.000Z",
              "batchId" : -1,
              "batchDuration" : 0,
              "numInputRows" : 4,
              "stateOperators" : [ ],
              "sources" : [ {
                "description" : "s",
                "startOffset" : 1,
                "endOffset" : 2,
                "latestOffset" : 3,
                "numInputRows" : 4,
                "inputRowsPerSecond" : 5.0,
                "processedRowsPerSecond" : 6.0
              } ],
              "sink" : {
                "description" : "",
                "numOutputRows" : -1
              },
              "guarantee" : ""
            }""");
  }

  @Test
  void aReportPrintsItself() {
    assertThat(full().toString()).isEqualTo(full().prettyJson());
  }

  @Test
  void theStatusIsJsonToo() {
    assertThat(new StreamingQueryStatus("Waiting \"now\"", true, false).json())
        .isEqualTo(
            "{\"message\":\"Waiting \\\"now\\\"\",\"isDataAvailable\":true,\"isTriggerActive\":false}");
  }
}
