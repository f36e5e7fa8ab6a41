package io.millrace.sql;

import io.millrace.spi.NearestName;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Schema;
import java.util.List;

/** Reads a type in CAST: its text is found by brackets and given to the schema's own parser. */
final class TypeText {
  private static final List<String> KNOWN =
      List.of(
          "BOOLEAN",
          "TINYINT",
          "BYTE",
          "SMALLINT",
          "SHORT",
          "INT",
          "INTEGER",
          "BIGINT",
          "LONG",
          "FLOAT",
          "REAL",
          "DOUBLE",
          "DECIMAL",
          "DEC",
          "NUMERIC",
          "STRING",
          "VARCHAR",
          "CHAR",
          "BINARY",
          "DATE",
          "TIMESTAMP",
          "TIMESTAMP_LTZ",
          "ARRAY",
          "MAP",
          "STRUCT");

  private TypeText() {}

  static DataType read(TokenStream tokens) {
    Token first = tokens.peek();
    if (first.kind() != Token.Kind.WORD) {
      throw tokens.expected("a type");
    } else if (KNOWN.stream().noneMatch(first::isWord)) {
      throw tokens.errorAt(
          first, "unknown type " + first.text() + NearestName.suggestion(first.text(), KNOWN));
    }
    tokens.take();
    boolean nested = first.isWord("ARRAY") || first.isWord("MAP") || first.isWord("STRUCT");
    if (tokens.atSymbol(nested ? "<" : "(")) {
      int open = 0;
      do {
        if (tokens.peek().kind() == Token.Kind.END) {
          throw tokens.expected(nested ? ">" : ")");
        }
        open += opening(tokens.take());
      } while (open > 0);
    }
    try {
      return Schema.builder().add("type", tokens.textFrom(first)).build().field(0).type();
    } catch (AnalysisException e) {
      throw tokens.errorAt(first, e.getMessage());
    }
  }

  /** By how many levels a token opens (or, negative, closes) brackets. */
  private static int opening(Token token) {
    return switch (token.kind() == Token.Kind.SYMBOL ? token.text() : "") {
      case "<", "(" -> 1;
      case ">", ")" -> -1;
      case ">>" -> -2;
      case ">>>" -> -3;
      default -> 0;
    };
  }
}
