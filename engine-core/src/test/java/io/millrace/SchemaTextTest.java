package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Schema;
import org.junit.jupiter.api.Test;

class SchemaTextTest {
  @Test
  void aSchemaIsPrintedAsSparkDoes() {
    Schema schema =
        Schema.parse(
            "id STRING NOT NULL, n INT, price DECIMAL(10,2), tags ARRAY<STRING>,"
                + " counts MAP<STRING, BIGINT>, place STRUCT<lat: DOUBLE, names: ARRAY<SMALLINT>>");

    assertThat(SchemaText.tree(schema))
        .isEqualTo(
            """
            root
             |-- id: string (nullable = false)
             |-- n: integer (nullable = true)
             |-- price: decimal(10,2) (nullable = true)
             |-- tags: array (nullable = true)
             |    |-- element: string (containsNull = true)
             |-- counts: map (nullable = true)
             |    |-- key: string
             |    |-- value: long (valueContainsNull = true)
             |-- place: struct (nullable = true)
             |    |-- lat: double (nullable = true)
             |    |-- names: array (nullable = true)
             |    |    |-- element: short (containsNull = true)
            """);
  }
}
