package io.millrace.vector.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.types.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random lines, good and mutated: the decoder with its layout path, without it, and with the input
 * cut into pieces gives what Jackson gives. {@code -Djson.seed=n} replays one seed.
 */
class JsonDifferentialTest {
  private static final String DDL =
      "a INT, b BIGINT, d DOUBLE, s STRING, t TIMESTAMP, f BOOLEAN, g DECIMAL(20,3),"
          + " `a longer name` DOUBLE, _corrupt_record STRING";
  private static final List<String> NAMES =
      List.of("a", "b", "d", "s", "t", "f", "g", "a longer name", "z", "unknown field");
  private static final int DOCUMENTS = 60;

  private Random random;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void allPathsAndAllCutsAgreeWithJackson(int shape) throws IOException {
    long first = Long.getLong("json.seed", 1000L * shape);
    int documents = System.getProperty("json.seed") == null ? DOCUMENTS : 1;
    try (JsonFixture layout = new JsonFixture(DDL);
        JsonFixture any = new JsonFixture(DDL).layout(false);
        JsonFixture cut = new JsonFixture(DDL).blockRows(64);
        JacksonOracle oracle = new JacksonOracle(Schema.parse(DDL))) {
      for (long seed = first; seed < first + documents; seed++) {
        random = new Random(seed);
        byte[] text = document((shape & 1) != 0, (shape & 2) != 0);
        List<List<Object>> expected = oracle.decode(text);
        String what = "-Djson.seed=" + seed + " shape " + shape;
        same(layout.decode(text), expected, what);
        same(any.decode(text), expected, what + " any order");
        same(cut.decode(text, cuts(text)), expected, what + " in pieces");
        assertThat(cut.decoder.rejectCount()).as(what).isEqualTo(layout.decoder.rejectCount());
        assertThat(cut.rejects).as(what).isEqualTo(layout.rejects).isEqualTo(any.rejects);
      }
    }
  }

  private static void same(List<List<Object>> actual, List<List<Object>> expected, String what) {
    if (actual.equals(expected)) {
      return;
    }
    for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
      assertThat(actual.get(i)).as(what + ", row " + i).isEqualTo(expected.get(i));
    }
    assertThat(actual).as(what).hasSameSizeAs(expected);
  }

  private byte[] document(boolean shuffled, boolean mutated) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    names = names.subList(0, random.nextInt(names.size() + 1));
    long style = random.nextLong();
    for (int i = random.nextInt(200); i >= 0; i--) {
      if (shuffled) {
        Collections.shuffle(names, random);
        style = random.nextLong();
      }
      byte[] line = line(names, style).getBytes(StandardCharsets.UTF_8);
      text.write(mutated && random.nextInt(3) == 0 ? mutate(line) : line);
      text.write(
          random.nextInt(50) == 0 ? "\r\n \n".getBytes(StandardCharsets.UTF_8) : new byte[] {'\n'});
    }
    byte[] all = text.toByteArray();
    return random.nextBoolean() ? java.util.Arrays.copyOf(all, all.length - 1) : all;
  }

  private int[] cuts(byte[] text) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 1; i < text.length; i++) {
      if (text[i - 1] == '\n' && random.nextInt(4) == 0) {
        ends.add(i);
      }
    }
    ends.add(text.length);
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  private String line(List<String> names, long style) {
    Random spaces = new Random(style);
    StringBuilder line = new StringBuilder(space(spaces)).append('{').append(space(spaces));
    String separator = "";
    for (String name : names) {
      line.append(separator).append('"').append(name).append('"');
      line.append(space(spaces)).append(':').append(space(spaces)).append(value(name));
      separator = space(spaces) + "," + space(spaces);
    }
    return line.append(space(spaces)).append('}').append(space(spaces)).toString();
  }

  private static String space(Random spaces) {
    return switch (spaces.nextInt(8)) {
      case 0, 1 -> " ";
      case 2 -> spaces.nextInt(8) == 0 ? "\t  " : "";
      default -> "";
    };
  }

  private String value(String name) {
    if (random.nextInt(30) == 0) {
      return anyValue(3);
    }
    return switch (name) {
      case "a" -> number(10, 0, false);
      case "b" -> number(random.nextInt(1, 21), 0, false);
      case "d", "a longer name" ->
          number(random.nextInt(1, 18), random.nextInt(6), random.nextInt(8) == 0);
      case "g" -> number(random.nextInt(1, 19), random.nextInt(6), random.nextInt(8) == 0);
      case "t" -> "\"" + timestamp() + "\"";
      case "f" -> random.nextBoolean() ? "true" : "false";
      case "z" -> anyValue(0);
      case "unknown field" -> number(3, 1, false);
      default -> string();
    };
  }

  private String timestamp() {
    String time =
        String.format(
            "2025-%02d-%02dT%02d:%02d:%02d",
            random.nextInt(1, 13),
            random.nextInt(1, 30),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60));
    return time
        + switch (random.nextInt(8)) {
          case 0 -> "." + random.nextInt(1, 1_000_000) + "Z";
          case 1 -> "+02:00";
          case 2 -> "";
          default -> "Z";
        };
  }

  private String number(int maxDigits, int fraction, boolean exponent) {
    StringBuilder number = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
    int digits = random.nextInt(1, maxDigits + 1);
    number.append((char) ('0' + (digits == 1 ? random.nextInt(10) : random.nextInt(1, 10))));
    for (int i = 1; i < digits; i++) {
      number.append((char) ('0' + random.nextInt(10)));
    }
    if (fraction > 0) {
      number.append('.');
      for (int i = 0; i < fraction; i++) {
        number.append((char) ('0' + random.nextInt(10)));
      }
    }
    if (exponent) {
      number.append(random.nextBoolean() ? "e" : "E").append(random.nextInt(-30, 30));
    }
    return number.toString();
  }

  private String string() {
    StringBuilder text = new StringBuilder("\"");
    boolean plain = random.nextInt(4) != 0;
    for (int i = random.nextInt(24); i > 0; i--) {
      switch (plain ? 9 : random.nextInt(12)) {
        case 0 -> text.append("\\").append("\"\\/bfnrt".charAt(random.nextInt(8)));
        case 1 -> text.append(String.format("\\u%04x", random.nextInt(0x10000)));
        case 2 -> text.append("\\ud83d\\uDE00");
        case 3 ->
            text.append(
                "äöü€😀"
                    .codePoints()
                    .skip(random.nextInt(5))
                    .mapToObj(Character::toString)
                    .findFirst()
                    .orElseThrow());
        default -> text.append((char) ('a' + random.nextInt(26)));
      }
    }
    return text.append('"').toString();
  }

  private String anyValue(int depth) {
    return switch (random.nextInt(depth > 4 ? 6 : 8)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "false";
      case 3 -> number(5, random.nextInt(3), random.nextBoolean());
      case 4 -> "\"NaN\"";
      case 5 -> string();
      case 6 -> {
        StringBuilder array = new StringBuilder("[");
        for (int i = random.nextInt(3); i > 0; i--) {
          array.append(anyValue(depth + 1)).append(i > 1 ? ", " : " ");
        }
        yield array.append(']').toString();
      }
      default -> {
        StringBuilder object = new StringBuilder("{");
        for (int i = random.nextInt(3); i > 0; i--) {
          object.append(string()).append(":").append(anyValue(depth + 1)).append(i > 1 ? "," : "");
        }
        yield object.append('}').toString();
      }
    };
  }

  private byte[] mutate(byte[] line) {
    ByteArrayOutputStream mutated = new ByteArrayOutputStream();
    int at = random.nextInt(line.length);
    int kind = random.nextInt(4);
    for (int i = 0; i < line.length; i++) {
      if (i != at) {
        mutated.write(line[i]);
      } else if (kind == 0) {
        mutated.write(line[i] ^ 1 << random.nextInt(8));
      } else if (kind == 1) {
        byte[] likely = "{}[]\",:0159.-+eE\\untf \t\r\n".getBytes(StandardCharsets.UTF_8);
        mutated.write(likely[random.nextInt(likely.length)]);
        mutated.write(line[i]);
      } else if (kind == 2) {
        i += random.nextInt(4);
      } else {
        break;
      }
    }
    return mutated.toByteArray();
  }
}
