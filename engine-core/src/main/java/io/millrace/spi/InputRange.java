package io.millrace.spi;

/**
 * A piece of a source's input, as it stands in the journal and in progress reports.
 *
 * @param start offset before the range, JSON text, as progress shows it
 * @param end offset behind the range, JSON text, as progress shows it
 * @param detail all that the source needs to read the range again, in a form of its own; may be
 *     empty
 */
public record InputRange(String start, String end, String detail) {}
