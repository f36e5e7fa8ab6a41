package io.millrace.gateway.checkpoint;

import io.millrace.state.ingest.IngestInspection;
import io.millrace.state.offsets.CheckpointInspection;
import io.millrace.state.snapshot.OperatorState;
import io.millrace.state.snapshot.StateInspection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** A checkpoint as lines of a name and a value; what there is none of has no line. */
final class ShownText {
  private static final String LINE = "%-12s%s%n";

  private final StringBuilder text = new StringBuilder();

  private ShownText() {}

  static String of(ShownCheckpoint shown) {
    ShownText lines = new ShownText();
    lines.write(shown);
    return lines.text.toString().stripTrailing();
  }

  private void write(ShownCheckpoint shown) {
    CheckpointInspection found = shown.found();
    line("query", shown.query().queryId().toString());
    line("created by", shown.query().createdBy());
    found.holder().ifPresent(holder -> line("in use", "by " + holder));
    lines("operators", shown.query().operators());
    lines("sources", shown.query().sources());
    line("sink", shown.query().sink());
    line(
        "epochs",
        "kept from "
            + orNone(found.firstEpoch())
            + ", planned to "
            + orNone(found.lastPlanned())
            + ", committed to "
            + orNone(shown.committed()));
    found.uncommitted().ifPresent(epoch -> line("uncommitted", epoch + ", a start runs it first"));
    lines("offsets", shown.ends().stream().map(ShownText::offset).toList());
    shown.watermarkUs().ifPresent(us -> line("watermark", time(us)));
    line(
        "journal",
        String.join(" and ", shown.kinds())
            + ", segments: "
            + shown.segments()
            + ", records: "
            + found.records());
    found.ingest().ifPresent(this::ingest);
    found.state().ifPresent(state -> state(state, shown.stateRows()));
    line(
        "bytes",
        "journal "
            + found.sizes().journal()
            + ", metadata "
            + found.sizes().metadata()
            + ", all "
            + found.sizes().all());
  }

  private void ingest(IngestInspection ingest) {
    line(
        "taken in",
        "records from "
            + ingest.firstSequence()
            + " on, "
            + ingest.uncommitted()
            + " of them not committed: a start takes them in again");
  }

  private void state(StateInspection state, List<Integer> rows) {
    List<String> operators = new ArrayList<>();
    for (int i = 0; i < state.operators().size(); i++) {
      OperatorState operator = state.operators().get(i);
      operators.add(
          i
              + " = "
              + operator.name()
              + (rows.isEmpty() ? "" : ", rows: " + rows.get(i))
              + " ("
              + operator.schema().sql()
              + ")");
    }
    lines("state", operators);
    line(
        "",
        "snapshots of epochs "
            + state.snapshotEpochs()
            + " with "
            + state.snapshotBytes()
            + " bytes, changes: "
            + state.deltas()
            + " with "
            + state.deltaBytes()
            + " bytes");
  }

  private static String offset(ShownCheckpoint.SourceEnd source) {
    return source.source() + " " + (source.end() == null ? "nothing yet" : source.end());
  }

  private static String time(long us) {
    return Instant.EPOCH.plus(us, ChronoUnit.MICROS).toString();
  }

  private static String orNone(OptionalLong epoch) {
    return epoch.isPresent() ? Long.toString(epoch.getAsLong()) : "none";
  }

  private void line(String name, String value) {
    text.append(String.format(Locale.ROOT, LINE, name, value));
  }

  private void lines(String name, List<String> values) {
    String label = name;
    for (String value : values) {
      line(label, value);
      label = "";
    }
  }
}
