package io.millrace.sql;

import io.millrace.types.AnalysisException;
import java.util.Collection;
import java.util.List;

/** The tokens of one statement and where the parser stands in them. */
final class TokenStream {
  /**
   * How deeply expressions and queries may be nested, so that a hostile text is refused and does
   * not end the thread's stack.
   */
  static final int MAX_NESTING = 200;

  private final String sql;
  private final List<Token> tokens;
  private int position;
  private int nesting;

  TokenStream(String sql) {
    this.sql = sql;
    this.tokens = new Lexer(sql).tokens();
  }

  Token peek() {
    return tokens.get(position);
  }

  /** The token that many places ahead, END when there are not so many. */
  Token peek(int ahead) {
    return tokens.get(Math.min(position + ahead, tokens.size() - 1));
  }

  /** The token before the next one; null at the start. */
  Token previous() {
    return position == 0 ? null : tokens.get(position - 1);
  }

  Token take() {
    Token token = tokens.get(position);
    if (token.kind() != Token.Kind.END) {
      position++;
    }
    return token;
  }

  /** Goes back to just before a token of this stream. */
  void moveTo(Token token) {
    while (tokens.get(position).start() != token.start()) {
      position += tokens.get(position).start() > token.start() ? -1 : 1;
    }
  }

  boolean atWord(String keyword) {
    return peek().isWord(keyword);
  }

  boolean atWords(String first, String second) {
    return peek().isWord(first) && peek(1).isWord(second);
  }

  boolean atSymbol(String symbol) {
    return peek().isSymbol(symbol);
  }

  boolean acceptWord(String keyword) {
    if (atWord(keyword)) {
      position++;
      return true;
    }
    return false;
  }

  boolean acceptWords(String first, String second) {
    if (atWords(first, second)) {
      position += 2;
      return true;
    }
    return false;
  }

  boolean acceptSymbol(String symbol) {
    if (atSymbol(symbol)) {
      position++;
      return true;
    }
    return false;
  }

  void expectWord(String keyword) {
    if (!acceptWord(keyword)) {
      throw expected(keyword, List.of(keyword));
    }
  }

  void expectSymbol(String symbol) {
    if (!acceptSymbol(symbol)) {
      throw expected(symbol);
    }
  }

  /** A name in any spelling, {@code what} for the error. */
  String expectName(String what) {
    if (!peek().isName() || Keywords.isReserved(peek())) {
      throw expected(what);
    }
    return take().text();
  }

  String expectString(String what) {
    if (peek().kind() != Token.Kind.STRING) {
      throw expected(what);
    }
    return take().text();
  }

  /**
   * @param keywords those that could stand here, of which near ones are suggested
   */
  AnalysisException expected(String what, Collection<String> keywords) {
    return SyntaxError.expected(sql, peek(), what, keywords);
  }

  AnalysisException expected(String what) {
    return expected(what, List.of());
  }

  AnalysisException errorAt(Token token, String message) {
    return SyntaxError.at(sql, token.start(), message);
  }

  /** The statement's text from a token up to the next one to be read. */
  String textFrom(Token first) {
    return sql.substring(first.start(), previous().end());
  }

  String sql() {
    return sql;
  }

  void enter() {
    if (++nesting > MAX_NESTING) {
      throw errorAt(
          peek(),
          "nested more than "
              + MAX_NESTING
              + " levels deep; split the expression, for example with a subquery per part");
    }
  }

  void leave() {
    nesting--;
  }
}
