/** What a connector implements: sources, decoders and sinks, and what it is given. */
package io.millrace.spi;
