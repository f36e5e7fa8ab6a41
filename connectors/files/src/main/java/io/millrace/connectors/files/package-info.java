/**
 * Files of any format: finding them in directories and by globs, reading their bytes as chunks of
 * whole lines, and writing them whole and exactly once.
 */
package io.millrace.connectors.files;
