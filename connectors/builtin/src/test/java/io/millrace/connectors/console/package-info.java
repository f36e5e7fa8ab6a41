/** Tests of the console sink. */
package io.millrace.connectors.console;
