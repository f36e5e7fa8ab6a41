package io.millrace.gateway.checkpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.state.journal.FileFinding;
import io.millrace.state.offsets.CheckpointInspection;
import java.io.IOException;
import java.util.Locale;

/** Which files of a checkpoint are right, and whether a start would go on with it. */
public final class VerifiedCheckpoint {
  private final CheckpointInspection found;

  public VerifiedCheckpoint(CheckpointInspection found) {
    this.found = found;
  }

  /** A line per file, and what comes of it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    found.holder().ifPresent(holder -> text.append("in use by ").append(holder).append('\n'));
    for (FileFinding file : found.files()) {
      text.append(name(file)).append(": ").append(describe(file)).append('\n');
    }
    return text.append(
            found.isUsable()
                ? "usable: a start goes on with epoch " + nextEpoch()
                : "not usable: a start refuses it; restore the directory from a backup, or start"
                    + " with a new one")
        .toString();
  }

  private String describe(FileFinding file) {
    return switch (file.state()) {
      case OK -> "ok" + (file.records() == 0 ? "" : ", " + records(file.records()));
      case UNFINISHED ->
          records(file.records())
              + ", then an unfinished end at byte "
              + file.position()
              + ": "
              + (found.holder().isPresent()
                  ? "being written"
                  : file.badBytes() + " bytes would be cut, harmless (" + file.reason() + ")");
      case LEFT_OVER -> "left over by a crash, a start deletes it";
      case PASSED_OVER -> "damaged, a start takes an older one: " + file.reason();
      case DAMAGED ->
          file.position() < 0
              ? "damaged: " + file.reason()
              : "damaged at byte "
                  + file.position()
                  + ", behind "
                  + records(file.records())
                  + ": "
                  + file.reason()
                  + "; whole records behind it: "
                  + file.readableRecords();
    };
  }

  private static String records(long count) {
    return count == 1 ? "1 record" : count + " records";
  }

  /** The path behind the checkpoint's directory. */
  private String name(FileFinding file) {
    return found.directory().relativize(file.file()).toString();
  }

  private long nextEpoch() {
    return found.uncommitted().orElse(found.lastPlanned().orElse(-1) + 1);
  }

  /**
   * The same as one object: directory, inUseBy, usable, and files with file, state (ok, unfinished,
   * left_over, passed_over, damaged), sizeBytes, records, and, unless ok, position, badBytes,
   * readableRecords and reason. A position of -1 says that the file is wrong as a whole.
   */
  public String json() {
    return JsonText.object(
        json -> {
          json.writeStringField("directory", found.directory().toString());
          if (found.holder().isPresent()) {
            json.writeStringField("inUseBy", found.holder().get());
          }
          json.writeBooleanField("usable", found.isUsable());
          json.writeArrayFieldStart("files");
          for (FileFinding file : found.files()) {
            write(json, file);
          }
          json.writeEndArray();
        });
  }

  private void write(JsonGenerator json, FileFinding file) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", name(file));
    json.writeStringField("state", file.state().name().toLowerCase(Locale.ROOT));
    json.writeNumberField("sizeBytes", file.sizeBytes());
    json.writeNumberField("records", file.records());
    if (file.state() != FileFinding.State.OK) {
      json.writeNumberField("position", file.position());
      json.writeNumberField("badBytes", file.badBytes());
      json.writeNumberField("readableRecords", file.readableRecords());
      json.writeStringField("reason", file.reason());
    }
    json.writeEndObject();
  }
}
