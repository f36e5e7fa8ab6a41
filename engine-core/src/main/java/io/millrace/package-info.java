/**
 * The public API: sessions, frames and queries. Everything here builds plans or hands them over;
 * what a running query shares with its user (triggers, callbacks, progress) stands here as plain
 * interfaces and records, which the runtime implements without knowing sessions or frames.
 */
package io.millrace;
