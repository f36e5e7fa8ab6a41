package io.millrace.vector.text;

import io.millrace.types.AnalysisException;
import io.millrace.vector.column.Memory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A LIKE pattern as a list of bytes and wildcards; adjacent {@code %} are one. */
final class LikeTokens {
  private static final int ONE = -1;
  private static final int MANY = -2;

  /** Bytes (0 to 255), {@link #ONE} or {@link #MANY}. */
  private final int[] tokens;

  private LikeTokens(int[] tokens) {
    this.tokens = tokens;
  }

  static LikeTokens of(String pattern, int escape) {
    int[] tokens = new int[4 * pattern.length()];
    int count = 0;
    for (int i = 0; i < pattern.length(); ) {
      int character = pattern.codePointAt(i);
      i += Character.charCount(character);
      if (character == escape) {
        character = i < pattern.length() ? pattern.codePointAt(i) : -1;
        if (character != '%' && character != '_' && character != escape) {
          throw new AnalysisException(escapeError(pattern, escape));
        }
        i += Character.charCount(character);
      } else if (character == '%') {
        if (count == 0 || tokens[count - 1] != MANY) {
          tokens[count++] = MANY;
        }
        continue;
      } else if (character == '_') {
        tokens[count++] = ONE;
        continue;
      }
      for (byte value : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
        tokens[count++] = value & 0xFF;
      }
    }
    return new LikeTokens(Arrays.copyOf(tokens, count));
  }

  private static String escapeError(String pattern, int escape) {
    String character = Character.toString(escape);
    return "LIKE pattern '"
        + pattern
        + "': the escape character "
        + character
        + " must stand before %, _ or itself; write "
        + character
        + character
        + " for the character alone, or choose another with ESCAPE";
  }

  boolean hasOne() {
    return Arrays.stream(tokens).anyMatch(token -> token == ONE);
  }

  int manyCount() {
    return (int) Arrays.stream(tokens).filter(token -> token == MANY).count();
  }

  boolean startsWithMany() {
    return tokens.length > 0 && tokens[0] == MANY;
  }

  boolean endsWithMany() {
    return tokens.length > 0 && tokens[tokens.length - 1] == MANY;
  }

  byte[] literals() {
    int[] literals = Arrays.stream(tokens).filter(token -> token >= 0).toArray();
    byte[] bytes = new byte[literals.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) literals[i];
    }
    return bytes;
  }

  int literalsBeforeMany() {
    return (int)
        Arrays.stream(tokens).takeWhile(token -> token != MANY).filter(token -> token >= 0).count();
  }

  /**
   * Walks through text and pattern together; on a mismatch the last {@code %} takes one character
   * more. That is enough: an earlier one need never take more than it did.
   */
  boolean matches(long text, int length) {
    int at = 0;
    int token = 0;
    int many = -1;
    int manyEnd = 0;
    while (at < length) {
      if (token < tokens.length && tokens[token] == MANY) {
        many = token++;
        manyEnd = at;
      } else if (token < tokens.length && tokens[token] == ONE) {
        at = Utf8.skip(text, at, length, 1);
        token++;
      } else if (token < tokens.length && tokens[token] == (Memory.getByte(text + at) & 0xFF)) {
        at++;
        token++;
      } else if (many >= 0) {
        manyEnd = Utf8.skip(text, manyEnd, length, 1);
        at = manyEnd;
        token = many + 1;
      } else {
        return false;
      }
    }
    while (token < tokens.length && tokens[token] == MANY) {
      token++;
    }
    return token == tokens.length;
  }
}
