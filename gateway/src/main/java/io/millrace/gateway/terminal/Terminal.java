package io.millrace.gateway.terminal;

import java.io.PrintStream;

/**
 * What the process prints on. Rows of a query go to {@link #out} as they are; everything else has
 * its secrets masked.
 *
 * @param screen whether a person looks at {@code out}, where bytes that are no text do harm
 */
public record Terminal(PrintStream out, PrintStream err, Secrets secrets, boolean screen) {
  /** A line of what was asked for. */
  public void print(String text) {
    out.println(secrets.redact(text));
    out.flush();
  }

  /** A line about what is going on or went wrong. */
  public void note(String text) {
    err.println(secrets.redact(text));
    err.flush();
  }
}
