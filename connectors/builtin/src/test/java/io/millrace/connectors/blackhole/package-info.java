/** Tests of the blackhole, and that every connector here is found. */
package io.millrace.connectors.blackhole;
