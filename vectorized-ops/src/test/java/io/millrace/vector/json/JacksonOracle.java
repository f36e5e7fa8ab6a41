package io.millrace.vector.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.millrace.types.DataType;
import io.millrace.types.Schema;
import io.millrace.vector.text.AsciiText;
import io.millrace.vector.time.TimestampParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/** What a line means, by Jackson and plain Java; the last column is the one for corrupt records. */
final class JacksonOracle implements AutoCloseable {
  private final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();
  private final Schema schema;
  private final AsciiText ascii = new AsciiText();

  JacksonOracle(Schema schema) {
    this.schema = schema;
  }

  private static final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** The rows of all lines, in PERMISSIVE mode. */
  List<List<Object>> decode(byte[] text) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= text.length; at++) {
      if (at == text.length || text[at] == '\n') {
        List<Object> row = line(ByteBuffer.wrap(text, from, at - from));
        if (row != null) {
          rows.add(row);
        }
        from = at + 1;
      }
    }
    return rows;
  }

  private List<Object> line(ByteBuffer bytes) throws IOException {
    byte[] raw = new byte[bytes.remaining()];
    bytes.duplicate().get(raw);
    String lossy = new String(raw, StandardCharsets.UTF_8);
    if (lossy.chars().allMatch(c -> c == ' ' || c == '\t' || c == '\r')) {
      return null;
    }
    List<Object> row = new ArrayList<>(Collections.nCopies(schema.size(), null));
    boolean good;
    try {
      String line = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      good = object(line, row);
    } catch (CharacterCodingException | JsonProcessingException e) {
      row = new ArrayList<>(Collections.nCopies(schema.size(), null));
      good = false;
    }
    if (!good) {
      row.set(
          schema.size() - 1, lossy.endsWith("\r") ? lossy.substring(0, lossy.length() - 1) : lossy);
    }
    return row;
  }

  private boolean object(String line, List<Object> row) throws IOException {
    boolean good = true;
    try (JsonParser parser = factory.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new com.fasterxml.jackson.core.JsonParseException(parser, "not an object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        OptionalInt index = indexOf(name);
        if (index.isEmpty()) {
          parser.skipChildren();
          continue;
        }
        try {
          row.set(index.getAsInt(), value(parser, line, schema.field(index.getAsInt()).type()));
        } catch (BadValue | NumberFormatException e) {
          parser.skipChildren();
          row.set(index.getAsInt(), null);
          good = false;
        }
      }
      if (parser.nextToken() != null) {
        throw new com.fasterxml.jackson.core.JsonParseException(parser, "trailing");
      }
    }
    return good;
  }

  private OptionalInt indexOf(String name) {
    int index = schema.names().subList(0, schema.size() - 1).indexOf(name);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  private Object value(JsonParser parser, String line, DataType type)
      throws IOException, BadValue {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (type == DataType.STRING) {
      if (token.isStructStart()) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        return line.substring(start, (int) parser.currentTokenLocation().getCharOffset() + 1);
      }
      return mend(parser.getText());
    }
    boolean text = token == JsonToken.VALUE_STRING;
    boolean number = token.isNumeric();
    if (type == DataType.INT && token == JsonToken.VALUE_NUMBER_INT) {
      return Integer.parseInt(parser.getText());
    } else if (type == DataType.BIGINT && token == JsonToken.VALUE_NUMBER_INT) {
      return Long.parseLong(parser.getText());
    } else if (type == DataType.DOUBLE && number) {
      return finite(Double.parseDouble(parser.getText()));
    } else if (type == DataType.DOUBLE && text && parser.getText().equals("NaN")) {
      return Double.NaN;
    } else if (type == DataType.BOOLEAN && token.isBoolean()) {
      return token == JsonToken.VALUE_TRUE;
    } else if (type == DataType.TIMESTAMP && text) {
      return timestamp(mend(parser.getText()));
    } else if (type instanceof DataType.Decimal decimal && (number || text)) {
      BigDecimal value = new BigDecimal(parser.getText()).setScale(decimal.scale(), RoundingMode.HALF_UP);
      if (value.precision() > decimal.precision()) {
        throw new BadValue();
      }
      return value;
    }
    throw new BadValue();
  }

  private static double finite(double value) throws BadValue {
    if (Double.isInfinite(value)) {
      throw new BadValue();
    }
    return value;
  }

  private Instant timestamp(String text) throws BadValue {
    TimestampParser parser = new TimestampParser();
    if (!parser.parse(ascii.put(text), ascii.length())) {
      throw new BadValue();
    }
    return Instant.EPOCH.plus(parser.valueUs(), ChronoUnit.MICROS);
  }

  /** Each surrogate without its partner as U+FFFD. */
  private static String mend(String text) {
    return text.codePoints()
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Override
  public void close() {
    ascii.close();
  }
}
