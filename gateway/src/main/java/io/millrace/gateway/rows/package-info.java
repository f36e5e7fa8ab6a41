/** Rows as text and as bytes that other programs read. */
package io.millrace.gateway.rows;
