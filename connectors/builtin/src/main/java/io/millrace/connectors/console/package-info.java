/** A sink that prints each epoch as a table. */
package io.millrace.connectors.console;
