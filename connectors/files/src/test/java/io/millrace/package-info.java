/** Sessions over files, in worlds that a test made: clocks, storage, crashes. */
package io.millrace;
