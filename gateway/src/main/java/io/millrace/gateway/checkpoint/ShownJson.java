package io.millrace.gateway.checkpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.state.ingest.IngestInspection;
import io.millrace.state.offsets.CheckpointInspection;
import io.millrace.state.offsets.CheckpointMetadata;
import io.millrace.state.snapshot.OperatorState;
import io.millrace.state.snapshot.StateInspection;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * A checkpoint as one JSON object: directory, query (id, createdBy, operators, sources, sink),
 * inUseBy, epochs (firstKept, lastPlanned, lastCommitted, uncommitted), offsets (per source: source
 * and end, which is JSON text), watermarkUs, journal (kinds, segments, records), ingest
 * (firstRecord, endRecord, uncommitted), state (operators with name, schema, keyColumns and rows,
 * snapshotEpochs, snapshotBytes, changes, changeBytes), sizeBytes (journal, metadata, all). What
 * there is none of is left out.
 */
final class ShownJson {
  private ShownJson() {}

  static String of(ShownCheckpoint shown) {
    CheckpointInspection found = shown.found();
    return JsonText.object(
        json -> {
          json.writeStringField("directory", found.directory().toString());
          writeQuery(json, shown.query());
          writeText(json, "inUseBy", found.holder().orElse(null));
          writeEpochs(json, shown);
          writeOffsets(json, shown);
          writeNumber(json, "watermarkUs", shown.watermarkUs());
          json.writeObjectFieldStart("journal");
          JsonText.texts(json, "kinds", shown.kinds());
          json.writeNumberField("segments", shown.segments());
          json.writeNumberField("records", found.records());
          json.writeEndObject();
          if (found.ingest().isPresent()) {
            writeIngest(json, found.ingest().get());
          }
          if (found.state().isPresent()) {
            writeState(json, found.state().get(), shown.stateRows());
          }
          writeSizes(json, found.sizes());
        });
  }

  private static void writeQuery(JsonGenerator json, CheckpointMetadata query) throws IOException {
    json.writeObjectFieldStart("query");
    json.writeStringField("id", query.queryId().toString());
    json.writeStringField("createdBy", query.createdBy());
    JsonText.texts(json, "operators", query.operators());
    JsonText.texts(json, "sources", query.sources());
    json.writeStringField("sink", query.sink());
    json.writeEndObject();
  }

  private static void writeEpochs(JsonGenerator json, ShownCheckpoint shown) throws IOException {
    json.writeObjectFieldStart("epochs");
    writeNumber(json, "firstKept", shown.found().firstEpoch());
    writeNumber(json, "lastPlanned", shown.found().lastPlanned());
    writeNumber(json, "lastCommitted", shown.committed());
    json.writeBooleanField("uncommitted", shown.found().uncommitted().isPresent());
    json.writeEndObject();
  }

  private static void writeOffsets(JsonGenerator json, ShownCheckpoint shown) throws IOException {
    json.writeArrayFieldStart("offsets");
    for (ShownCheckpoint.SourceEnd source : shown.ends()) {
      json.writeStartObject();
      json.writeStringField("source", source.source());
      writeText(json, "end", source.end());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeIngest(JsonGenerator json, IngestInspection ingest) throws IOException {
    json.writeObjectFieldStart("ingest");
    json.writeNumberField("firstRecord", ingest.firstSequence());
    json.writeNumberField("endRecord", ingest.endSequence());
    json.writeNumberField("uncommitted", ingest.uncommitted());
    json.writeEndObject();
  }

  private static void writeState(JsonGenerator json, StateInspection state, List<Integer> rows)
      throws IOException {
    json.writeObjectFieldStart("state");
    json.writeArrayFieldStart("operators");
    for (int i = 0; i < state.operators().size(); i++) {
      OperatorState operator = state.operators().get(i);
      json.writeStartObject();
      json.writeStringField("name", operator.name());
      json.writeStringField("schema", operator.schema().sql());
      json.writeNumberField("keyColumns", operator.keyColumns());
      if (!rows.isEmpty()) {
        json.writeNumberField("rows", rows.get(i));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("snapshotEpochs");
    for (long epoch : state.snapshotEpochs()) {
      json.writeNumber(epoch);
    }
    json.writeEndArray();
    json.writeNumberField("snapshotBytes", state.snapshotBytes());
    json.writeNumberField("changes", state.deltas());
    json.writeNumberField("changeBytes", state.deltaBytes());
    json.writeEndObject();
  }

  private static void writeSizes(JsonGenerator json, CheckpointInspection.Sizes sizes)
      throws IOException {
    json.writeObjectFieldStart("sizeBytes");
    json.writeNumberField("journal", sizes.journal());
    json.writeNumberField("metadata", sizes.metadata());
    json.writeNumberField("all", sizes.all());
    json.writeEndObject();
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
}
