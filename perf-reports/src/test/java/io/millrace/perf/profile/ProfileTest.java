package io.millrace.perf.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.perf.profile.Profile.Line;
import io.millrace.perf.profile.Samples.Stack;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which part stacks belong to. */
class ProfileTest {
  @ParameterizedTest
  @CsvSource({
    "java.lang.Math.min io.millrace.vector.group.GroupTable.find io.millrace.physical.GroupStage.process, GROUPING",
    "io.millrace.vector.group.GroupTable.find io.millrace.physical.GroupStage.endOfBatch, CLOSING",
    "io.millrace.vector.text.NumberParser.parse io.millrace.vector.json.Layout.value, DECODING",
    "io.millrace.perf.bench.WindowsSink.accept io.millrace.runtime.ArrowFunctionSink.write, SINK",
    "sun.nio.ch.FileChannelImpl.read io.millrace.connectors.files.PlainBytes.read, READING",
    "java.lang.Thread.run, OTHER"
  })
  void aStackBelongsToWhoOwnsItsWork(String stack, Part part) {
    assertThat(PartTable.of(List.of(stack.split(" ")))).isEqualTo(part);
  }

  @Test
  void whatBelongsToNoPartIsNamed() {
    Samples samples =
        new Samples(
            List.of(
                new Stack(List.of("java.lang.Thread.run"), 0.01),
                new Stack(List.of("java.util.Map.get", "io.millrace.Unheard.of"), 0.02)),
            0);
    Profile profile = Profile.of(samples);
    assertThat(profile.others())
        .containsExactly(new Line("io.millrace.Unheard", 0.02), new Line("java.lang.Thread", 0.01));
    assertThat(ProfilePage.of("W0", samples, 0.1))
        .contains(
            "| other | 30.0 |",
            "| `io.millrace.Unheard` | 20.0 |",
            "| collector, compiler, the rest of the JVM | 70.0 |");
  }
}
