package io.millrace.sql;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which words mean something by themselves. All others, and most of these, can be names. */
final class Keywords {
  /** Words that start or join the parts of a query; suggested for misspelt ones. */
  static final Set<String> CLAUSES =
      sorted(
          "SELECT FROM WHERE GROUP HAVING ORDER LIMIT UNION WITH VALUES JOIN INNER LEFT RIGHT FULL"
              + " CROSS SEMI ANTI ON USING AS BY ASC DESC DISTINCT");

  /** Words that join expressions; suggested for misspelt ones. */
  static final Set<String> OPERATORS =
      sorted(
          "AND OR NOT IN IS NULL LIKE ILIKE RLIKE REGEXP BETWEEN ESCAPE CASE WHEN THEN ELSE END"
              + " CAST TRY_CAST INTERVAL TRUE FALSE DIV FILTER");

  /** Words that are never a column's name unless in backquotes. */
  private static final Set<String> RESERVED =
      sorted(
          "SELECT FROM WHERE GROUP HAVING ORDER LIMIT UNION EXCEPT INTERSECT JOIN ON USING AS"
              + " AND OR NOT IN IS LIKE ILIKE RLIKE REGEXP BETWEEN WHEN THEN ELSE END DISTINCT"
              + " ESCAPE DIV");

  /** Words that after a table or an expression are not its alias, unless AS stands before. */
  private static final Set<String> NO_ALIAS =
      sorted(
          "INNER CROSS LEFT RIGHT FULL SEMI ANTI NATURAL LATERAL PIVOT UNPIVOT TABLESAMPLE WINDOW"
              + " QUALIFY SORT CLUSTER DISTRIBUTE OFFSET MINUS ASC DESC NULLS FETCH");

  private Keywords() {}

  static boolean isReserved(Token token) {
    return token.kind() == Token.Kind.WORD && RESERVED.contains(token.upper());
  }

  /** Names, and the operators that can be called as functions. */
  static boolean canBeFunction(Token token) {
    return !isReserved(token)
        || token.isWord("LIKE")
        || token.isWord("RLIKE")
        || token.isWord("REGEXP");
  }

  static boolean canBeAlias(Token token) {
    return token.kind() == Token.Kind.QUOTED_NAME
        || token.kind() == Token.Kind.WORD
            && !RESERVED.contains(token.upper())
            && !NO_ALIAS.contains(token.upper());
  }

  private static Set<String> sorted(String words) {
    Set<String> set = new TreeSet<>();
    for (String word : words.split(" ", -1)) {
      set.add(word.toUpperCase(Locale.ROOT));
    }
    return set;
  }
}
