package io.millrace.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The row counts, ranges and masks that every kernel is tried with. */
public final class Shapes {
  /** A range of rows and how many of them a mask selects. */
  public record Shape(int rows, int from, int to, Mask mask) {
    /** The rows whose bit a mask of this shape has. */
    public boolean isSelected(int row) {
      return switch (mask) {
        case NONE -> false;
        case ONE -> row == from;
        case HALF -> (row * 0x9E3779B9) >>> 31 == 0;
        case ALL -> true;
      };
    }
  }

  /** How many rows a mask selects. */
  public enum Mask {
    NONE,
    ONE,
    HALF,
    ALL
  }

  private Shapes() {}

  public static IntStream rowCounts() {
    return IntStream.of(0, 1, 63, 64, 65, 1023, 1024, 1025);
  }

  /** Whole blocks and ranges inside them, most of them not beginning at a word. */
  public static List<Shape> all() {
    List<Shape> shapes = new ArrayList<>();
    Random random = new Random(7);
    rowCounts()
        .forEach(
            rows -> {
              for (Mask mask : Mask.values()) {
                shapes.add(new Shape(rows, 0, rows, mask));
                int from = random.nextInt(rows + 1);
                shapes.add(new Shape(rows, from, from + random.nextInt(rows - from + 1), mask));
              }
            });
    return shapes;
  }
}
