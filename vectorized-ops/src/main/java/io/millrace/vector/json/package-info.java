/**
 * JSON lines to blocks and back: one object per line, decoded by schema straight into columns.
 *
 * <p>A line is decoded by its {@code Layout} if it looks like one before it, else by {@code
 * LineDecoder}, which takes fields in any order and knows everything JSON allows. An address of 0
 * stands for "no": a text that does not match or is not well-formed.
 */
package io.millrace.vector.json;
