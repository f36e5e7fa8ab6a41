/**
 * The file layer under every durable write: small enough that a test can be the disk, and the named
 * points at which a test can be the power cut.
 */
package io.millrace.state.storage;
