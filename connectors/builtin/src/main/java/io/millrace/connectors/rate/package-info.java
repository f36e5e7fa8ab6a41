/** Sources that make up rows: a time and a number, so many per second or per epoch. */
package io.millrace.connectors.rate;
