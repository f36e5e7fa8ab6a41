package io.millrace.oracle;

import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import io.millrace.vector.RandomBatches;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws rows whose times go forward, more or less, and whose keys repeat. */
final class RandomRows {
  private static final long SECOND = 1_000_000;
  private static final long[] BEGINNINGS = {
    0, -30 * SECOND, 1_760_000_000 * SECOND, -62_135_596_800L * SECOND, 253_402_300_000L * SECOND
  };

  private final Schema schema;
  private final Random random;
  private final RandomBatches values;
  private final Map<String, List<Object>> pools = new HashMap<>();
  private final long stepUs;
  private final long jitterUs;
  private final double skew;
  private final boolean jumps;
  private long nowUs;

  RandomRows(Schema schema, Random random) {
    this.schema = schema;
    this.random = random;
    values = new RandomBatches(random.nextLong());
    nowUs = BEGINNINGS[random.nextInt(BEGINNINGS.length)];
    stepUs = 1 + random.nextLong(2 * SECOND);
    jitterUs = 1 + random.nextLong(15 * SECOND);
    skew = 1 + 4 * random.nextDouble();
    jumps = random.nextInt(10) == 0;
    int keys = 1 + random.nextInt(random.nextBoolean() ? 4 : 60);
    for (Field field : schema.fields()) {
      List<Object> pool = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        pool.add(value(field));
      }
      pools.put(field.name(), pool);
    }
  }

  List<List<Object>> next(int count) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Object> row = new ArrayList<>();
      schema.fields().forEach(field -> row.add(cell(field)));
      rows.add(row);
    }
    return rows;
  }

  private Object cell(Field field) {
    switch (field.name()) {
      case "ts" -> {
        return random.nextInt(30) == 0 ? null : GroupInterpreter.instant(time());
      }
      case "n" -> {
        return random.nextInt(10) == 0 ? null : random.nextInt(-6, 7);
      }
      case "gap" -> {
        return random.nextInt(20) == 0 ? null : random.nextInt(-1, 20);
      }
      default -> {
        if (field.name().startsWith("k")) {
          List<Object> pool = pools.get(field.name());
          return pool.get((int) (pool.size() * Math.pow(random.nextDouble(), skew)));
        }
        return value(field);
      }
    }
  }

  private long time() {
    nowUs += random.nextLong(2 * stepUs);
    if (jumps && random.nextInt(200) == 0) {
      nowUs += 100_000_000 * SECOND;
    }
    long time = nowUs - random.nextLong(jitterUs);
    return random.nextInt(5) == 0 ? Math.floorDiv(time, SECOND) * SECOND : time;
  }

  private Object value(Field field) {
    if (field.nullable() && random.nextInt(6) == 0) {
      return null;
    }
    Object value = values.value(field.type());
    if (field.type() == DataType.DATE) {
      return LocalDate.ofEpochDay((Integer) value);
    } else if (field.type() == DataType.TIMESTAMP) {
      return GroupInterpreter.instant((Long) value);
    } else if (field.type() == DataType.STRING && random.nextInt(12) == 0) {
      return value.toString().repeat(1 + random.nextInt(40));
    }
    return value;
  }
}
