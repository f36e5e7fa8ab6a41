package io.millrace.state.offsets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.state.storage.AsciiJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The payloads of the offsets journal, each one JSON object in ASCII.
 *
 * <pre>
 * type 1, plan:   {"epoch":7,"arrivalTimeUs":1760097720000000,"ranges":["...",""]}
 * type 2, commit: {"epoch":7,"watermarkUs":1760097710000000,"sinkReceipt":"...","planChecksum":-12}
 * type 3, memory: {"epoch":7,"before":1200,"piece":0,"last":true,"ranges":["...",""]}
 * </pre>
 *
 * A commit without a watermark has no field watermarkUs, one of a query with state has a field
 * stateSequence, and one with watermarks a field inputTimesUs, a list of two numbers per
 * watermarked input. A query with an ingest journal has plans with a field ingestEnd, and commits
 * with the fields ingestEnd, producers (names of senders with their inputs' numbers in front:
 * "0/name") and producerRows, the numbers of their last rows. planChecksum is the CRC32C of the
 * plan's payload as a signed 32-bit number. A reader ignores fields that it does not know.
 *
 * <p>A journal is a sequence of plan, commit, plan, commit, ...; between a commit and the next plan
 * there may be pieces of memory. The pieces of one memory, 0 to the last, have the same {@code
 * before}: they say what sources must still know of all records before that sequence. When the last
 * piece is there, those records may be missing. To know what a query has read, take the ranges of
 * all memories in order, then those of all plans in order.
 */
final class EpochFormat {
  static final int PLAN = 1;
  static final int COMMIT = 2;
  static final int MEMORY = 3;

  private EpochFormat() {}

  static ByteBuffer encode(Plan plan) {
    return encode(
        json -> {
          json.writeNumberField("epoch", plan.epoch());
          json.writeNumberField("arrivalTimeUs", plan.arrivalTimeUs());
          AsciiJson.writeTexts(json, "ranges", plan.ranges());
          if (plan.ingestEnd().isPresent()) {
            json.writeNumberField("ingestEnd", plan.ingestEnd().getAsLong());
          }
        });
  }

  static ByteBuffer encode(Commit commit) {
    return encode(
        json -> {
          json.writeNumberField("epoch", commit.epoch());
          if (commit.watermarkUs() != Commit.NO_WATERMARK) {
            json.writeNumberField("watermarkUs", commit.watermarkUs());
          }
          json.writeStringField("sinkReceipt", commit.sinkReceipt());
          json.writeNumberField("planChecksum", commit.planChecksum());
          if (commit.stateSequence() != Commit.NO_STATE) {
            json.writeNumberField("stateSequence", commit.stateSequence());
          }
          if (!commit.inputTimes().isEmpty()) {
            AsciiJson.writeNumbers(json, "inputTimesUs", commit.inputTimes());
          }
          if (commit.ingested().isPresent()) {
            Map<String, Long> producers = new TreeMap<>(commit.ingested().get().producers());
            json.writeNumberField("ingestEnd", commit.ingested().get().sequence());
            AsciiJson.writeTexts(json, "producers", List.copyOf(producers.keySet()));
            AsciiJson.writeNumbers(json, "producerRows", List.copyOf(producers.values()));
          }
        });
  }

  static ByteBuffer encode(Memory memory) {
    return encode(
        json -> {
          json.writeNumberField("epoch", memory.epoch());
          json.writeNumberField("before", memory.before());
          json.writeNumberField("piece", memory.piece());
          json.writeBooleanField("last", memory.last());
          AsciiJson.writeTexts(json, "ranges", memory.ranges());
        });
  }

  private static ByteBuffer encode(AsciiJson.Fields fields) {
    return ByteBuffer.wrap(AsciiJson.encode(fields));
  }

  static Plan plan(ByteBuffer payload) throws IOException {
    long epoch = -1;
    long arrivalTimeUs = 0;
    List<String> ranges = List.of();
    OptionalLong ingestEnd = OptionalLong.empty();
    try (JsonParser json = parser(payload)) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "epoch" -> epoch = json.getLongValue();
          case "arrivalTimeUs" -> arrivalTimeUs = json.getLongValue();
          case "ranges" -> ranges = AsciiJson.readTexts(json);
          case "ingestEnd" -> ingestEnd = OptionalLong.of(json.getLongValue());
          default -> json.skipChildren();
        }
      }
    }
    return new Plan(epoch, arrivalTimeUs, ranges, ingestEnd);
  }

  static Commit commit(ByteBuffer payload) throws IOException {
    long epoch = -1;
    long watermarkUs = Commit.NO_WATERMARK;
    String sinkReceipt = "";
    int planChecksum = 0;
    long stateSequence = Commit.NO_STATE;
    List<Long> inputTimes = List.of();
    OptionalLong ingestEnd = OptionalLong.empty();
    List<String> producers = List.of();
    List<Long> producerRows = List.of();
    try (JsonParser json = parser(payload)) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "epoch" -> epoch = json.getLongValue();
          case "watermarkUs" -> watermarkUs = json.getLongValue();
          case "sinkReceipt" -> sinkReceipt = json.getText();
          case "planChecksum" -> planChecksum = json.getIntValue();
          case "stateSequence" -> stateSequence = json.getLongValue();
          case "inputTimesUs" -> inputTimes = AsciiJson.readNumbers(json);
          case "ingestEnd" -> ingestEnd = OptionalLong.of(json.getLongValue());
          case "producers" -> producers = AsciiJson.readTexts(json);
          case "producerRows" -> producerRows = AsciiJson.readNumbers(json);
          default -> json.skipChildren();
        }
      }
    }
    Optional<Ingested> ingested =
        ingestEnd.isPresent()
            ? Optional.of(new Ingested(ingestEnd.getAsLong(), byName(producers, producerRows)))
            : Optional.empty();
    return new Commit(
        epoch, watermarkUs, sinkReceipt, planChecksum, stateSequence, inputTimes, ingested);
  }

  private static Map<String, Long> byName(List<String> names, List<Long> rows) throws IOException {
    if (names.size() != rows.size()) {
      throw new IOException(names.size() + " producers, " + rows.size() + " numbers of rows");
    }
    Map<String, Long> byName = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.put(names.get(i), rows.get(i));
    }
    return byName;
  }

  static Memory memory(ByteBuffer payload) throws IOException {
    long epoch = -1;
    long before = 0;
    int piece = 0;
    boolean last = false;
    List<String> ranges = List.of();
    try (JsonParser json = parser(payload)) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "epoch" -> epoch = json.getLongValue();
          case "before" -> before = json.getLongValue();
          case "piece" -> piece = json.getIntValue();
          case "last" -> last = json.getBooleanValue();
          case "ranges" -> ranges = AsciiJson.readTexts(json);
          default -> json.skipChildren();
        }
      }
    }
    return new Memory(epoch, before, piece, last, ranges);
  }

  private static JsonParser parser(ByteBuffer payload) throws IOException {
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    return AsciiJson.parser(bytes);
  }

  /** CRC32C of a payload, as the journal writes it; the position stays. */
  static int checksum(ByteBuffer payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload.slice());
    return (int) crc.getValue();
  }
}
