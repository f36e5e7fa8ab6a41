/** Tests of the rate sources. */
package io.millrace.connectors.rate;
