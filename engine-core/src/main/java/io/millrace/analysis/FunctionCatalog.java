package io.millrace.analysis;

import io.millrace.spi.NearestName;
import io.millrace.types.AnalysisException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions whose types follow from a signature, and other names of functions. Those with rules
 * of their own are in {@link SpecialFunctions}, operators in {@link OperatorBinder}.
 */
final class FunctionCatalog {
  private static final List<String> SIGNATURES =
      List.of(
          "like(STRING, constant STRING, constant STRING?) BOOLEAN",
          "rlike(STRING, constant STRING) BOOLEAN",
          "length(STRING) INT",
          "length(BINARY) INT",
          "octet_length(STRING) INT",
          "octet_length(BINARY) INT",
          "upper(STRING) STRING",
          "lower(STRING) STRING",
          "initcap(STRING) STRING",
          "reverse(STRING) STRING",
          "trim(STRING, STRING?) STRING",
          "ltrim(STRING, STRING?) STRING",
          "rtrim(STRING, STRING?) STRING",
          "concat_ws(constant STRING, STRING*) STRING",
          "substring(STRING, INT, INT?) STRING",
          "substring(BINARY, INT, INT?) BINARY",
          "startswith(STRING, STRING) BOOLEAN",
          "endswith(STRING, STRING) BOOLEAN",
          "contains(STRING, STRING) BOOLEAN",
          "regexp_extract(STRING, constant STRING, constant INT?) STRING",
          "regexp_replace(STRING, constant STRING, STRING) STRING",
          "replace(STRING, STRING, STRING?) STRING",
          "lpad(STRING, INT, STRING?) STRING",
          "rpad(STRING, INT, STRING?) STRING",
          "instr(STRING, STRING) INT",
          "locate(STRING, STRING, INT?) INT",
          "repeat(STRING, INT) STRING",
          "ascii(STRING) INT",
          "abs(NUMBER) $1~",
          "sqrt(DOUBLE) DOUBLE",
          "exp(DOUBLE) DOUBLE",
          "log(DOUBLE, DOUBLE?) DOUBLE?",
          "log10(DOUBLE) DOUBLE?",
          "sign(DOUBLE) DOUBLE",
          "pow(DOUBLE, DOUBLE) DOUBLE",
          "hash(ANY, ANY*) INT!",
          "year(DATE) INT",
          "year(TIMESTAMP) INT",
          "quarter(DATE) INT",
          "quarter(TIMESTAMP) INT",
          "month(DATE) INT",
          "month(TIMESTAMP) INT",
          "dayofmonth(DATE) INT",
          "dayofmonth(TIMESTAMP) INT",
          "dayofweek(DATE) INT",
          "dayofweek(TIMESTAMP) INT",
          "dayofyear(DATE) INT",
          "dayofyear(TIMESTAMP) INT",
          "hour(TIMESTAMP) INT",
          "minute(TIMESTAMP) INT",
          "second(TIMESTAMP) INT",
          "date_trunc(constant STRING, TIMESTAMP) TIMESTAMP~",
          "date_format(TIMESTAMP, constant STRING) STRING~",
          "unix_timestamp(TIMESTAMP) BIGINT",
          "unix_timestamp(STRING, constant STRING?) BIGINT~",
          "unix_seconds(TIMESTAMP) BIGINT",
          "unix_millis(TIMESTAMP) BIGINT",
          "unix_micros(TIMESTAMP) BIGINT",
          "from_unixtime(BIGINT, constant STRING?) STRING~",
          "to_timestamp(STRING, constant STRING?) TIMESTAMP~",
          "to_timestamp(TIMESTAMP) TIMESTAMP",
          "to_date(STRING, constant STRING?) DATE~",
          "to_date(DATE) DATE",
          "date_add(DATE, INT) DATE~",
          "date_sub(DATE, INT) DATE~",
          "datediff(DATE, DATE) INT",
          "timestamp_seconds(BIGINT) TIMESTAMP~",
          "timestamp_millis(BIGINT) TIMESTAMP~",
          "timestamp_micros(BIGINT) TIMESTAMP~",
          "current_timestamp() TIMESTAMP!",
          "current_date() DATE!");

  private static final Map<String, String> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("||", "concat"),
          Map.entry("ucase", "upper"),
          Map.entry("lcase", "lower"),
          Map.entry("len", "length"),
          Map.entry("char_length", "length"),
          Map.entry("character_length", "length"),
          Map.entry("substr", "substring"),
          Map.entry("mid", "substring"),
          Map.entry("regexp", "rlike"),
          Map.entry("regexp_like", "rlike"),
          Map.entry("position", "locate"),
          Map.entry("btrim", "trim"),
          Map.entry("power", "pow"),
          Map.entry("signum", "sign"),
          Map.entry("ln", "log"),
          Map.entry("ceiling", "ceil"),
          Map.entry("mod", "%"),
          Map.entry("negative", "negate"),
          Map.entry("day", "dayofmonth"),
          Map.entry("dateadd", "date_add"),
          Map.entry("date_diff", "datediff"),
          Map.entry("to_unix_timestamp", "unix_timestamp"),
          Map.entry("now", "current_timestamp"),
          Map.entry("localtimestamp", "current_timestamp"),
          Map.entry("curdate", "current_date"),
          Map.entry("nvl", "coalesce"),
          Map.entry("ifnull", "coalesce"),
          Map.entry("mean", "avg"),
          Map.entry("first_value", "first"),
          Map.entry("last_value", "last"),
          Map.entry("any_value", "first"),
          Map.entry("std", "stddev"),
          Map.entry("stddev_samp", "stddev"),
          Map.entry("var_samp", "variance"),
          Map.entry("every", "bool_and"),
          Map.entry("any", "bool_or"),
          Map.entry("some", "bool_or"));

  private static final Map<String, List<FunctionSignature>> BY_NAME = new LinkedHashMap<>();

  static {
    for (String text : SIGNATURES) {
      FunctionSignature signature = FunctionSignature.parse(text);
      BY_NAME.computeIfAbsent(signature.name(), name -> new ArrayList<>()).add(signature);
    }
  }

  private FunctionCatalog() {}

  /** The name under which evaluators know a function. */
  static String canonical(String name) {
    return OTHER_NAMES.getOrDefault(name, name);
  }

  static List<FunctionSignature> signatures() {
    return BY_NAME.values().stream().flatMap(List::stream).toList();
  }

  /**
   * The call of a function with a signature.
   *
   * @throws AnalysisException if there is no such function or its arguments do not fit
   */
  static BoundExpression bind(CallSite site, String name, List<BoundExpression> arguments) {
    List<FunctionSignature> all = BY_NAME.get(name);
    if (all == null) {
      throw unknown(site, name);
    }
    List<FunctionSignature> fitting =
        all.stream().filter(signature -> signature.takes(arguments.size())).toList();
    if (fitting.isEmpty()) {
      throw site.error(
          arguments.size()
              + (arguments.size() == 1 ? " argument was given, " : " arguments were given, ")
              + name
              + " needs "
              + String.join(" or ", all.stream().map(FunctionSignature::usage).toList()));
    }
    for (boolean exactly : new boolean[] {true, false}) {
      for (FunctionSignature signature : fitting) {
        if (signature.firstMisfit(arguments, exactly) < 0) {
          return signature.bind(site, arguments);
        }
      }
    }
    int misfit = fitting.getFirst().firstMisfit(arguments, false);
    throw fitting.getFirst().misfit(site, arguments.get(misfit), misfit);
  }

  private static AnalysisException unknown(CallSite site, String name) {
    Map<String, Boolean> known = new HashMap<>();
    BY_NAME.keySet().forEach(key -> known.put(key, true));
    OTHER_NAMES.keySet().forEach(key -> known.put(key, true));
    SpecialFunctions.NAMES.forEach(key -> known.put(key, true));
    AggregateFunctions.NAMES.forEach(key -> known.put(key, true));
    String suggestion =
        NearestName.suggestion(
            name,
            known.keySet().stream()
                .filter(key -> Character.isLetter(key.charAt(0)))
                .sorted()
                .toList());
    return site.error(
        "function "
            + name
            + " does not exist"
            + (suggestion.isEmpty() ? "; compute it where the data is written" : suggestion));
  }
}
