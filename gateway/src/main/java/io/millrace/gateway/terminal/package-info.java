/** What the process shows, and what it must not. */
package io.millrace.gateway.terminal;
