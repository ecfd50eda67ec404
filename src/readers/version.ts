/**
 * The version of everything that turns the bytes of a file into statements. Stands in the entry of every file that was
 * read: raise it whenever the same bytes and keys give other statements.
 */
export const READER_VERSION = 'change-control-readers/2';
