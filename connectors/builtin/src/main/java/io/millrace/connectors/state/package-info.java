/** What the operators of a streaming query keep, as a static table. */
package io.millrace.connectors.state;
