/**
 * Limits within which a file is read: far above what tools write for one change, low enough that nobody can fill the
 * memory or the time of a run with a chosen file.
 */
export const MAX_BYTES = 32 * 1024 * 1024;
/** Of a log that has one record a line; one JSON document may be one line. */
export const MAX_LINE = 1024 * 1024;
export const MAX_NESTING = 200;
/** Statements of one file; further ones are counted in a finding. */
export const MAX_STATEMENTS = 10_000;
