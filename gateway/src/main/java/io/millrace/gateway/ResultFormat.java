package io.millrace.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.gateway.rows.CsvText;
import io.millrace.spi.TableText;
import io.millrace.types.Row;
import io.millrace.types.Schema;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** How an ad-hoc query's result is printed. */
enum ResultFormat {
  /** As Spark shows frames. */
  TABLE {
    @Override
    String text(Schema schema, List<Row> rows) {
      return TableText.of(schema, rows, rows.size(), 0);
    }
  },
  /** With a line of names; null is nothing, an empty text is quoted. */
  CSV {
    @Override
    String text(Schema schema, List<Row> rows) {
      StringBuilder text = new StringBuilder(CsvText.line(schema.names()));
      rows.forEach(row -> text.append(CsvText.line(row.values())));
      return text.toString();
    }
  },
  /** One object a line; nulls are left out. */
  JSON {
    @Override
    String text(Schema schema, List<Row> rows) {
      StringWriter text = new StringWriter();
      try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
        json.setRootValueSeparator(null);
        for (Row row : rows) {
          json.writeStartObject();
          for (int i = 0; i < schema.size(); i++) {
            writeField(json, schema.field(i).name(), row.get(i));
          }
          json.writeEndObject();
          json.writeRaw('\n');
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return text.toString();
    }
  };

  abstract String text(Schema schema, List<Row> rows);

  private static void writeField(JsonGenerator json, String name, Object value) throws IOException {
    switch (value) {
      case null -> {}
      case Boolean flag -> json.writeBooleanField(name, flag);
      case Double number when !Double.isFinite(number) ->
          json.writeStringField(name, number.toString());
      case Float number when !Float.isFinite(number) ->
          json.writeStringField(name, number.toString());
      case Number number -> {
        json.writeFieldName(name);
        json.writeNumber(CsvText.plain(number));
      }
      default -> json.writeStringField(name, CsvText.plain(value));
    }
  }
}
