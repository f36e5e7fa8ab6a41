/** The engine inside another program. */
package io.millrace.gateway.embedding;
