/** Tests of what connectors are given. */
package io.millrace.spi;
