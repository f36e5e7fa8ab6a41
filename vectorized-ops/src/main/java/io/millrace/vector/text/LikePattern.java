package io.millrace.vector.text;

import io.millrace.types.AnalysisException;
import io.millrace.vector.column.ByteBlock;
import io.millrace.vector.column.ColumnVector;
import io.millrace.vector.column.Memory;
import io.millrace.vector.column.RowSelection;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A LIKE pattern, compiled once: {@code %} stands for any characters, {@code _} for one. The common
 * shapes ({@code abc}, {@code abc%}, {@code %abc}, {@code %abc%}, {@code abc%xyz}) compare bytes;
 * all others walk through the pattern.
 */
public final class LikePattern implements AutoCloseable {
  /** The escape character when a query names none. */
  public static final char DEFAULT_ESCAPE = '\\';

  private enum Shape {
    EXACT,
    PREFIX,
    SUFFIX,
    CONTAINS,
    PREFIX_AND_SUFFIX,
    GENERAL
  }

  private final LikeTokens tokens;
  private final Shape shape;

  /** The bytes of the pattern, wildcards left out. */
  private final ByteBlock literal;

  /** How many of them stand before the first {@code %}. */
  private final int prefixLength;

  private LikePattern(LikeTokens tokens, BufferAllocator allocator) {
    this.tokens = tokens;
    this.shape = shape(tokens);
    this.prefixLength = tokens.literalsBeforeMany();
    byte[] bytes = tokens.literals();
    this.literal = new ByteBlock(allocator, bytes.length);
    Memory.copy(bytes, 0, literal.address(), bytes.length);
    literal.length(bytes.length);
  }

  /**
   * Compiles a pattern; close it to give its bytes back.
   *
   * @param escape makes the {@code %}, {@code _} or escape character that follows it an ordinary
   *     one
   * @throws AnalysisException if something else follows it, or nothing
   */
  public static LikePattern compile(String pattern, int escape, BufferAllocator allocator) {
    return new LikePattern(LikeTokens.of(pattern, escape), allocator);
  }

  private static Shape shape(LikeTokens tokens) {
    if (tokens.hasOne()) {
      return Shape.GENERAL;
    }
    boolean starts = tokens.startsWithMany();
    boolean ends = tokens.endsWithMany();
    return switch (tokens.manyCount()) {
      case 0 -> Shape.EXACT;
      case 1 -> starts ? Shape.SUFFIX : ends ? Shape.PREFIX : Shape.PREFIX_AND_SUFFIX;
      case 2 -> starts && ends ? Shape.CONTAINS : Shape.GENERAL;
      default -> Shape.GENERAL;
    };
  }

  /** Writes a bitmap: which of the rows match. */
  public void match(ColumnVector text, RowSelection rows, ColumnVector out) {
    long data = text.data();
    for (int base = rows.from() & ~63; base < rows.to(); base += 64) {
      long result = 0;
      for (long left = rows.word(base); left != 0; left &= left - 1) {
        int row = base + Long.numberOfTrailingZeros(left);
        int start = text.offset(row);
        if (matches(data + start, text.offset(row + 1) - start)) {
          result |= Long.lowestOneBit(left);
        }
      }
      Memory.putLong(out.data() + (base >> 3), result);
    }
  }

  boolean matches(long text, int length) {
    long bytes = literal.address();
    int size = literal.length();
    return switch (shape) {
      case EXACT -> length == size && Bytes.equal(text, bytes, size);
      case PREFIX -> Bytes.startsWith(text, length, bytes, size);
      case SUFFIX -> Bytes.endsWith(text, length, bytes, size);
      case CONTAINS -> Bytes.indexOf(text, length, bytes, size, 0) >= 0;
      case PREFIX_AND_SUFFIX ->
          length >= size
              && Bytes.equal(text, bytes, prefixLength)
              && Bytes.endsWith(text, length, bytes + prefixLength, size - prefixLength);
      case GENERAL -> tokens.matches(text, length);
    };
  }

  @Override
  public void close() {
    literal.close();
  }
}
