package io.millrace.vector.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parser and formatter against Long, Double, Float and BigDecimal. */
class NumberTextTest {
  private static final int ROUNDS = 200_000;

  private final AsciiText text = new AsciiText();
  private final NumberParser parser = new NumberParser();
  private final SplittableRandom random = new SplittableRandom(20251010);

  @AfterEach
  void releaseMemory() {
    text.close();
  }

  @Test
  void longsReadAndPrintAsTheJdkDoes() {
    long[] edges = {
      0, 1, -1, 9, 10, -10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE, 9007199254740993L
    };
    for (long edge : edges) {
      checkLong(edge);
    }
    for (int i = 0; i < ROUNDS; i++) {
      checkLong(random.nextLong() >> random.nextInt(64));
    }
  }

  private void checkLong(long value) {
    assertThat(text.get(NumberFormatter.formatLong(value, text.address())))
        .isEqualTo(Long.toString(value));
    assertThat(parser.parseLong(text.put(Long.toString(value)), text.length())).isTrue();
    assertThat(parser.longValue()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        "1.0",
        "1e3",
        " 1",
        "1 ",
        "0x1",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "99999999999999999999999",
        "1-",
        "--1"
      })
  void noLong(String value) {
    assertThat(parser.parseLong(text.put(value), text.length())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "-.",
        "e5",
        "1e",
        "1e+",
        "1e5x",
        "1.2.3",
        " 1",
        "1 ",
        "NaN",
        "1f",
        "0x1p3",
        "1e5.0",
        "Infinity"
      })
  void noNumber(String value) {
    assertThat(parser.parseDouble(text.put(value), text.length())).isFalse();
    assertThat(parser.parseFloat(text.address() + 8, text.length())).isFalse();
    assertThat(parser.parseDecimal(text.address() + 8, text.length(), 38, 2)).isFalse();
  }

  @Test
  void doublesPrintAsTheJdkDoesAndReadBack() {
    double[] edges = {
      0,
      -0.0,
      1,
      10,
      65.5,
      1e7,
      9999999,
      0.001,
      0.00099999,
      2e23,
      4.9e-324,
      9.9e-324,
      1.5e-323,
      Double.MIN_NORMAL,
      Double.MAX_VALUE,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      1e22,
      1e23,
      9007199254740993.0
    };
    for (double edge : edges) {
      checkDouble(edge);
    }
    for (int exponent = 0; exponent < 2047; exponent++) {
      long power = (long) exponent << 52;
      checkDouble(Double.longBitsToDouble(power));
      checkDouble(Double.longBitsToDouble(power + 1));
      checkDouble(Double.longBitsToDouble(power + (1L << 52) - 1));
    }
    for (int i = 0; i < ROUNDS; i++) {
      checkDouble(Double.longBitsToDouble(random.nextLong()));
      checkDouble(Double.longBitsToDouble(random.nextLong() >>> 12 + random.nextInt(52)));
      checkDouble(random.nextInt() / Math.pow(10, random.nextInt(12)));
    }
  }

  private void checkDouble(double value) {
    String expected = Double.toString(value);
    assertThat(text.get(NumberFormatter.formatDouble(value, text.address()))).isEqualTo(expected);
    if (Double.isFinite(value)) {
      checkParse(expected);
    }
  }

  @Test
  void floatsPrintAsTheJdkDoesAndReadBack() {
    for (int i = 0; i < ROUNDS; i++) {
      checkFloat(Float.intBitsToFloat(random.nextInt()));
      checkFloat(Float.intBitsToFloat(random.nextInt() >>> 9 + random.nextInt(23)));
      checkFloat((float) (random.nextInt(100_000) / Math.pow(10, random.nextInt(7))));
    }
    for (int exponent = 0; exponent < 255; exponent++) {
      checkFloat(Float.intBitsToFloat(exponent << 23));
      checkFloat(Float.intBitsToFloat((exponent << 23) + 1));
    }
  }

  private void checkFloat(float value) {
    String expected = Float.toString(value);
    assertThat(text.get(NumberFormatter.formatFloat(value, text.address()))).isEqualTo(expected);
    if (Float.isFinite(value)) {
      checkParse(expected);
    }
  }

  @Test
  void anyNumberTextReadsAsTheJdkReadsIt() {
    String[] edges = {
      "1e400",
      "-1e400",
      "1e-400",
      "0e999999999999",
      "1e999999999999",
      "1e-999999999999",
      "00012",
      ".5",
      "5.",
      "+1.5",
      "9007199254740993",
      "9007199254740992.999999999999999999999999",
      "9007199254740993.00000000000000000000001",
      "2.2250738585072011e-308",
      "2.2250738585072012e-308",
      "4.9406564584124654e-324",
      "2.4703282292062327e-324",
      "2.4703282292062328e-324",
      "1.7976931348623157e308",
      "1.7976931348623158e308",
      "1.7976931348623159e308",
      "16777217",
      "16777217.0000000000000000000001",
      "1.00000017881393432617187499",
      "1.00000017881393432617187500",
      "1.00000017881393432617187501",
      "1.4e-45",
      "7.0e-46",
      "7.1e-46",
      "3.4028235677973366e38",
      "0." + "0".repeat(400) + "1e401",
      "1" + "0".repeat(400) + "e-400",
      "123456789".repeat(40)
    };
    for (String edge : edges) {
      checkParse(edge);
    }
    for (int i = 0; i < ROUNDS; i++) {
      checkParse(randomNumber(30, 400));
      checkParse(randomNumber(17, 30));
    }
  }

  @Test
  void textsNearTheMiddleOfTwoDoublesRoundCorrectly() {
    for (int i = 0; i < ROUNDS / 10; i++) {
      double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      if (!Double.isFinite(value) || value == Double.MAX_VALUE) {
        continue;
      }
      BigDecimal middle =
          new BigDecimal(value).add(new BigDecimal(Math.nextUp(value))).divide(BigDecimal.TWO);
      checkParse(middle.toString());
      checkParse(middle.round(new java.math.MathContext(18 + random.nextInt(10))).toString());
    }
    for (int i = 0; i < ROUNDS / 10; i++) {
      float value = Float.intBitsToFloat(random.nextInt() & Integer.MAX_VALUE);
      if (Float.isFinite(value) && value < Float.MAX_VALUE) {
        BigDecimal middle =
            new BigDecimal(value).add(new BigDecimal(Math.nextUp(value))).divide(BigDecimal.TWO);
        checkParse(middle.toString());
        checkParse(middle.round(new java.math.MathContext(18)).toString());
      }
    }
  }

  private void checkParse(String number) {
    long address = text.put(number);
    assertThat(parser.parseDouble(address, text.length())).as(number).isTrue();
    assertThat(parser.doubleValue()).as(number).isEqualTo(Double.parseDouble(number));
    assertThat(parser.parseFloat(address, text.length())).as(number).isTrue();
    assertThat(parser.floatValue()).as(number).isEqualTo(Float.parseFloat(number));
  }

  private String randomNumber(int maxDigits, int maxExponent) {
    StringBuilder number = new StringBuilder(random.nextBoolean() ? "-" : "");
    int whole = random.nextInt(1, maxDigits);
    for (int i = 0; i < whole; i++) {
      number.append((char) ('0' + random.nextInt(10)));
    }
    if (random.nextBoolean()) {
      number.append('.');
      for (int i = random.nextInt(maxDigits); i > 0; i--) {
        number.append((char) ('0' + random.nextInt(10)));
      }
    }
    if (random.nextBoolean()) {
      number.append(random.nextBoolean() ? "e" : "E");
      number.append(random.nextInt(-maxExponent, maxExponent));
    }
    return number.toString();
  }

  @Test
  void decimalsReadAndPrintAsBigDecimalDoes() {
    for (int i = 0; i < ROUNDS; i++) {
      int precision = random.nextInt(1, 39);
      int scale = random.nextInt(precision + 1);
      checkDecimal(randomNumber(2 + random.nextInt(38), 12), precision, scale);
    }
    checkDecimal("9.995", 3, 2);
    checkDecimal("99.95", 3, 1);
    checkDecimal("-99.95", 3, 1);
    checkDecimal("9".repeat(38), 38, 0);
    checkDecimal("9".repeat(38) + ".4", 38, 0);
    checkDecimal("9".repeat(38) + ".5", 38, 0);
    checkDecimal("-0." + "9".repeat(38), 38, 38);
    checkDecimal("0.5", 1, 0);
    checkDecimal("0.05", 1, 0);
    checkDecimal("1e-999999999", 10, 2);
    checkDecimal("0e999999999", 10, 2);
  }

  private void checkDecimal(String number, int precision, int scale) {
    BigDecimal expected = new BigDecimal(number);
    if (expected.signum() == 0 || expected.scale() > 1000) {
      expected = BigDecimal.ZERO;
    }
    expected = expected.setScale(scale, RoundingMode.HALF_UP);
    boolean fits = expected.signum() == 0 || expected.precision() <= precision;
    String what = number + " as DECIMAL(" + precision + "," + scale + ")";
    assertThat(parser.parseDecimal(text.put(number), text.length(), precision, scale))
        .as(what)
        .isEqualTo(fits);
    if (fits) {
      BigInteger unscaled = expected.unscaledValue();
      assertThat(parser.decimalLow()).as(what).isEqualTo(unscaled.longValue());
      assertThat(parser.decimalHigh()).as(what).isEqualTo(unscaled.shiftRight(64).longValue());
      int size =
          NumberFormatter.formatDecimal(
              parser.decimalLow(), parser.decimalHigh(), scale, text.address());
      assertThat(size).isLessThanOrEqualTo(NumberFormatter.MAX_BYTES);
      assertThat(text.get(size)).as(what).isEqualTo(expected.toPlainString());
    }
  }
}
