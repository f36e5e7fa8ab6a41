package io.millrace.vector.time;

import io.millrace.types.AnalysisException;
import io.millrace.vector.column.BytesWriter;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date-time pattern such as {@code yyyy-MM-dd HH:mm:ss.SSS}, compiled once; letters as in Spark,
 * which are the JDK's except that {@code y} is the proleptic year and that a fraction may be
 * shorter than its letters say. English names, UTC. Reading and writing allocate.
 */
public final class DateTimePattern {
  /** Quoted text, a run of fraction letters, or the letters that Spark takes no longer. */
  private static final Pattern PART = Pattern.compile("'(?:[^']|'')*'|S+|[YWwuecnNABp]");

  private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'");

  private static final ZoneOffset UTC = ZoneOffset.UTC;

  private final DateTimeFormatter reader;
  private final DateTimeFormatter writer;

  /**
   * @throws AnalysisException if the pattern has an unknown letter or a letter in a wrong number
   */
  public DateTimePattern(String pattern) {
    try {
      this.reader = formatter(pattern, 1);
      this.writer = formatter(pattern, Integer.MAX_VALUE);
    } catch (IllegalArgumentException e) {
      throw new AnalysisException(
          "date-time pattern '"
              + pattern
              + "': "
              + e.getMessage()
              + "; letters are for example yyyy MM dd HH mm ss SSSSSS XXX",
          e);
    }
  }

  private static DateTimeFormatter formatter(String pattern, int minFractionDigits) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    boolean hasEra = hasLetter(pattern, "G");
    Matcher part = PART.matcher(pattern);
    int done = 0;
    while (part.find()) {
      append(builder, pattern.substring(done, part.start()), hasEra);
      String found = part.group();
      if (found.startsWith("S")) {
        if (found.length() > 9) {
          throw new IllegalArgumentException("Too many pattern letters: S");
        }
        int minimum = Math.min(minFractionDigits, found.length());
        builder.appendFraction(ChronoField.NANO_OF_SECOND, minimum, found.length(), false);
      } else if (found.startsWith("'")) {
        builder.appendPattern(found);
      } else {
        throw new IllegalArgumentException("Letter " + found + " is not supported");
      }
      done = part.end();
    }
    append(builder, pattern.substring(done), hasEra);
    if (!hasLetter(pattern, "DQq")) {
      builder
          .parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
          .parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
    }
    return builder
        .parseDefaulting(ChronoField.ERA, 1)
        .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
        .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
        .toFormatter(Locale.US)
        .withChronology(IsoChronology.INSTANCE)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static void append(DateTimeFormatterBuilder builder, String letters, boolean hasEra) {
    builder.appendPattern(hasEra ? letters : letters.replace('y', 'u'));
  }

  private static boolean hasLetter(String pattern, String letters) {
    return QUOTED.matcher(pattern).replaceAll("").chars().anyMatch(c -> letters.indexOf(c) >= 0);
  }

  /** Reads STRING as TIMESTAMP. */
  public int parseTimestamps(
      ColumnVector text, RowSelection rows, ColumnVector out, boolean failuresAsNull) {
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        OptionalLong us = parse(text.getString(row));
        if (us.isPresent()) {
          Memory.putLong(out.data() + 8L * row, us.getAsLong());
        } else if (failuresAsNull) {
          out.setNull(row);
        } else {
          return row;
        }
      }
    }
    return -1;
  }

  /** Reads STRING as DATE; the time of day is read and left out. */
  public int parseDates(
      ColumnVector text, RowSelection rows, ColumnVector out, boolean failuresAsNull) {
    for (int row = rows.from(); row < rows.to(); row++) {
      if (rows.includes(row)) {
        OptionalLong us = parse(text.getString(row));
        if (us.isPresent()) {
          long days = Math.floorDiv(us.getAsLong(), TimeUnits.DAY_US);
          Memory.putInt(out.data() + 4L * row, (int) days);
        } else if (failuresAsNull) {
          out.setNull(row);
        } else {
          return row;
        }
      }
    }
    return -1;
  }

  /** Writes TIMESTAMP as STRING. */
  public int format(
      ColumnVector timestamps, RowSelection rows, ColumnVector out, boolean failuresAsNull) {
    BytesWriter writer = new BytesWriter(out, rows.from());
    int failed = -1;
    for (int row = rows.from(); row < rows.to() && failed < 0; row++) {
      if (rows.includes(row)) {
        try {
          writer.append(format(Memory.getLong(timestamps.data() + 8L * row)));
        } catch (DateTimeException e) {
          out.setNull(row);
          failed = failuresAsNull ? -1 : row;
        }
      }
      writer.endRow(row);
    }
    return failed;
  }

  String format(long us) {
    long second = Math.floorDiv(us, TimeUnits.SECOND_US);
    int nano = (int) Math.floorMod(us, TimeUnits.SECOND_US) * 1000;
    return writer.format(LocalDateTime.ofEpochSecond(second, nano, UTC).atOffset(UTC));
  }

  /** Microseconds UTC; a text without a zone is UTC, without a time midnight. */
  OptionalLong parse(String text) {
    try {
      TemporalAccessor parsed = reader.parse(text);
      LocalDate date = LocalDate.from(parsed);
      LocalTime time = time(parsed);
      ZoneId zone = parsed.query(TemporalQueries.zone());
      Instant instant = ZonedDateTime.of(date, time, zone == null ? UTC : zone).toInstant();
      return OptionalLong.of(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static LocalTime time(TemporalAccessor parsed) {
    LocalTime time = parsed.query(TemporalQueries.localTime());
    if (time != null) {
      return time;
    }
    return LocalTime.of(
        field(parsed, ChronoField.HOUR_OF_AMPM),
        field(parsed, ChronoField.MINUTE_OF_HOUR),
        field(parsed, ChronoField.SECOND_OF_MINUTE),
        field(parsed, ChronoField.NANO_OF_SECOND));
  }

  private static int field(TemporalAccessor parsed, ChronoField field) {
    return parsed.isSupported(field) ? parsed.get(field) : 0;
  }
}
