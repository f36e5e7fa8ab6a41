package io.millrace;

import static io.millrace.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A query that the application's own thread drives takes each row once, however often it polls. */
class CallerDrivenQueryTest {
  @Test
  void continuousQueryTakesEachRowOnce() {
    takesEachRowOnce(Trigger.continuous("1 second"));
  }

  @Test
  void microBatchQueryTakesEachRowOnce() {
    takesEachRowOnce(Trigger.DEFAULT);
  }

  private static void takesEachRowOnce(Trigger trigger) {
    List<Long> taken = new ArrayList<>();
    try (Session session = Session.open();
        Inlet inlet = session.inlet("numbers", Schema.parse("n BIGINT"));
        InletWriter writer = inlet.writer()) {
      StreamingQuery query =
          inlet
              .toDF()
              .filter(col("n").geq(0))
              .writeStream()
              .foreachRow(row -> taken.add(row.getLong(0)))
              .trigger(trigger)
              .threads(Threads.CALLER)
              .start();
      int rows = 0;
      for (int size : new int[] {1, 1, 64, 7, 1024, 3}) {
        for (int i = 0; i < size; i++) {
          writer.setLong(0, rows++).append();
        }
        int polled = query.poll();
        assertThat(polled).isEqualTo(size);
      }
      query.stop();
      assertThat(taken).isEqualTo(LongStream.range(0, rows).boxed().toList());
    }
  }
}
