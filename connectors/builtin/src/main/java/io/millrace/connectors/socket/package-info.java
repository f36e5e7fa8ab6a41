/** Lines over TCP. */
package io.millrace.connectors.socket;
