package io.millrace.connectors.files.json;

import io.millrace.connectors.files.LineNumbers;
import io.millrace.spi.Chunk;
import io.millrace.spi.Decoder;
import io.millrace.spi.Rejects;
import io.millrace.spi.SourceContext;
import io.millrace.types.ErrorCode;
import io.millrace.types.MillraceException;
import io.millrace.vector.column.Block;
import io.millrace.vector.json.JsonLinesDecoder;
import io.millrace.vector.json.JsonMode;
import io.millrace.vector.json.JsonOptions;
import io.millrace.vector.json.JsonRejects;
import java.util.regex.Pattern;

/** Decodes the lines of a chunk and says of corrupt ones in which file and where they are. */
final class JsonDecoder implements Decoder {
  private static final String TOO_LONG = "line is longer than option maxLineBytes allows";

  /** How the decoder begins an error: the line's number, which it counts from where it began. */
  private static final Pattern LINE = Pattern.compile("^line \\d+: ");

  private final SourceContext context;
  private final JsonMode mode;
  private final JsonLinesDecoder lines;
  private final Rejects rejects;
  private final JsonRejects rejectLine = this::rejectLine;
  private Chunk current;
  private long tooLong;

  JsonDecoder(SourceContext context, JsonOptions options, Rejects rejects) {
    this.context = context;
    this.mode = options.mode();
    this.lines = new JsonLinesDecoder(context.schema(), context.columns(), options);
    this.rejects = rejects;
  }

  @Override
  public int decode(Chunk chunk, int from, Block into) {
    current = chunk;
    if (chunk.truncated()) {
      return rejectTruncated(chunk, from);
    }
    if (from == 0 && chunk.startsOrigin()) {
      lines.startFile();
    }
    try {
      return lines.decode(chunk.bytes().address(), from, chunk.bytes().length(), into, rejectLine);
    } catch (MillraceException e) {
      throw mode == JsonMode.FAILFAST && LINE.matcher(e.getMessage()).find()
          ? corrupt(chunk.originOffset() + lines.lineOffset(), e)
          : e;
    }
  }

  private int rejectTruncated(Chunk chunk, int from) {
    long offset = chunk.originOffset() + from;
    if (mode == JsonMode.FAILFAST) {
      throw corrupt(offset, new MillraceException(ErrorCode.DATA, TOO_LONG));
    }
    tooLong++;
    int length = chunk.bytes().length();
    int kept = Math.min(length - from, Chunk.MAX_REJECTED_BYTES);
    rejects.reject(chunk.origin(), offset, TOO_LONG, chunk.bytes().address() + from, kept);
    return length;
  }

  private void rejectLine(long address, int length, String reason) {
    long offset = current.originOffset() + address - current.bytes().address();
    rejects.reject(current.origin(), offset, reason, address, length);
  }

  private MillraceException corrupt(long offset, MillraceException cause) {
    return new MillraceException(
        ErrorCode.DATA,
        context.options().owner()
            + ": "
            + LineNumbers.describe(context.storage(), current.origin(), offset)
            + ": "
            + LINE.matcher(cause.getMessage()).replaceFirst(""),
        cause);
  }

  @Override
  public long recordsRead() {
    return lines.rowCount() + lines.dropCount() + tooLong;
  }

  @Override
  public void close() {}
}
