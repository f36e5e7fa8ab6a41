package io.millrace.vector.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded texts: empty, short, around the word length, long, ASCII only and all of Unicode. */
final class RandomTexts {
  private static final String[] PIECES = {
    "a",
    "b",
    "ab",
    "A",
    "Z",
    "z",
    " ",
    "  ",
    "%",
    "_",
    "\\",
    "é",
    "ß",
    "İ",
    "ŉ",
    "日本",
    "😀",
    "ǆ",
    "0",
    "x y",
    "[",
    "`",
    "{",
    "@",
    "\u0000",
    "\n",
    "abcdefgh",
    "The Quick brown"
  };

  private RandomTexts() {}

  static List<String> list(Random random, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(text(random));
    }
    return texts;
  }

  static String text(Random random) {
    boolean ascii = random.nextBoolean();
    int pieces = random.nextInt(random.nextInt(8) == 0 ? 40 : 6);
    StringBuilder text = new StringBuilder();
    while (pieces > 0) {
      String piece = PIECES[random.nextInt(PIECES.length)];
      if (!ascii || piece.chars().allMatch(c -> c < 128)) {
        text.append(piece);
        pieces--;
      }
    }
    return text.toString();
  }
}
