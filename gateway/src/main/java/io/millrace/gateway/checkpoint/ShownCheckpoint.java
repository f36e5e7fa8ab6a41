package io.millrace.gateway.checkpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.runtime.InputRangeText;
import io.millrace.state.journal.FileFinding;
import io.millrace.state.offsets.CheckpointInspection;
import io.millrace.state.offsets.CheckpointMetadata;
import io.millrace.state.offsets.Commit;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How far a query has come, as its checkpoint tells. */
public final class ShownCheckpoint {
  private static final String LINE = "%-12s%s%n";

  private final CheckpointInspection found;
  private final CheckpointMetadata query;

  /**
   * @throws MillraceException {@code CHECKPOINT} if it is damaged
   */
  public ShownCheckpoint(CheckpointInspection found) {
    if (!found.isUsable()) {
      throw new MillraceException(
          ErrorCode.CHECKPOINT,
          "checkpoint "
              + found.directory()
              + " is damaged; `millrace checkpoint verify "
              + found.directory()
              + "` lists what is readable");
    }
    this.found = found;
    this.query = found.metadata().orElseThrow();
  }

  /** Lines of a name and a value. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "query", query.queryId().toString());
    line(text, "created by", query.createdBy());
    found.holder().ifPresent(holder -> line(text, "in use", "by " + holder));
    lines(text, "operators", query.operators());
    lines(text, "sources", query.sources());
    line(text, "sink", query.sink());
    line(text, "epochs", epochs());
    found
        .uncommitted()
        .ifPresent(epoch -> line(text, "uncommitted", epoch + ", a start runs it first"));
    List<String> ends = ends();
    List<String> offsets = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      offsets.add(source(i) + " " + (ends.get(i) == null ? "nothing yet" : ends.get(i)));
    }
    lines(text, "offsets", offsets);
    watermarkUs()
        .ifPresent(
            us -> line(text, "watermark", Instant.EPOCH.plus(us, ChronoUnit.MICROS).toString()));
    line(
        text,
        "journal",
        String.join(" and ", kinds())
            + ", segments: "
            + segments().count()
            + ", records: "
            + found.records());
    line(
        text,
        "bytes",
        "journal "
            + found.sizes().journal()
            + ", metadata "
            + found.sizes().metadata()
            + ", all "
            + found.sizes().all());
    return text.toString().stripTrailing();
  }

  private String epochs() {
    return "kept from "
        + orNone(found.firstEpoch())
        + ", planned to "
        + orNone(found.lastPlanned())
        + ", committed to "
        + orNone(committed());
  }

  private static String orNone(OptionalLong epoch) {
    return epoch.isPresent() ? Long.toString(epoch.getAsLong()) : "none";
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, LINE, name, value));
  }

  private static void lines(StringBuilder text, String name, List<String> values) {
    String label = name;
    for (String value : values) {
      line(text, label, value);
      label = "";
    }
  }

  /**
   * The same as one object: query (id, createdBy, operators, sources, sink), inUseBy, epochs
   * (firstKept, lastPlanned, lastCommitted, uncommitted), offsets (source, end: JSON text),
   * watermarkUs, journal (kinds, segments, records), sizeBytes (journal, metadata, all). What there
   * is none of is left out.
   */
  public String json() {
    return JsonText.object(
        json -> {
          json.writeStringField("directory", found.directory().toString());
          writeQuery(json);
          writeText(json, "inUseBy", found.holder().orElse(null));
          writeEpochs(json);
          writeOffsets(json);
          writeNumber(json, "watermarkUs", watermarkUs());
          json.writeObjectFieldStart("journal");
          JsonText.texts(json, "kinds", kinds());
          json.writeNumberField("segments", segments().count());
          json.writeNumberField("records", found.records());
          json.writeEndObject();
          json.writeObjectFieldStart("sizeBytes");
          json.writeNumberField("journal", found.sizes().journal());
          json.writeNumberField("metadata", found.sizes().metadata());
          json.writeNumberField("all", found.sizes().all());
          json.writeEndObject();
        });
  }

  private void writeQuery(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("query");
    json.writeStringField("id", query.queryId().toString());
    json.writeStringField("createdBy", query.createdBy());
    JsonText.texts(json, "operators", query.operators());
    JsonText.texts(json, "sources", query.sources());
    json.writeStringField("sink", query.sink());
    json.writeEndObject();
  }

  private void writeEpochs(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("epochs");
    writeNumber(json, "firstKept", found.firstEpoch());
    writeNumber(json, "lastPlanned", found.lastPlanned());
    writeNumber(json, "lastCommitted", committed());
    json.writeBooleanField("uncommitted", found.uncommitted().isPresent());
    json.writeEndObject();
  }

  private void writeOffsets(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("offsets");
    List<String> ends = ends();
    for (int i = 0; i < ends.size(); i++) {
      json.writeStartObject();
      json.writeStringField("source", source(i));
      writeText(json, "end", ends.get(i));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeText(JsonGenerator json, String name, String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void writeNumber(JsonGenerator json, String name, OptionalLong value)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    }
  }

  /** Per source the offset behind all that was ever planned; null if nothing was. */
  private List<String> ends() {
    List<String> ends = new ArrayList<>();
    for (int i = 0; i < Math.max(query.sources().size(), found.lastRanges().size()); i++) {
      String range = i < found.lastRanges().size() ? found.lastRanges().get(i) : "";
      ends.add(range.isEmpty() ? null : InputRangeText.parse(range).end());
    }
    return ends;
  }

  private String source(int index) {
    return index < query.sources().size() ? query.sources().get(index) : "";
  }

  private OptionalLong committed() {
    return found.lastCommit().stream().mapToLong(Commit::epoch).findAny();
  }

  private OptionalLong watermarkUs() {
    return found.lastCommit().stream()
        .mapToLong(Commit::watermarkUs)
        .filter(us -> us != Commit.NO_WATERMARK)
        .findAny();
  }

  private List<String> kinds() {
    return found.kinds().stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** The journal's files; the metadata's finding comes first. */
  private Stream<FileFinding> segments() {
    return found.findings().stream()
        .skip(1)
        .filter(file -> file.state() != FileFinding.State.LEFT_OVER);
  }
}
