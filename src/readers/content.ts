import type { Encoding } from '../evidence/decode';
import type { Finding } from './findings';
import type { JsonDocuments } from './json-documents';
import type { HandedIn } from './reader';

/** A file opened once for all readers: unpacked, decoded and parsed on demand, within limits. */
export interface Content {
  readonly file: HandedIn;
  /** Unpacked when the file was compressed; otherwise `file.bytes`. */
  readonly bytes: Uint8Array;
  /** How the text was encoded; null when the bytes are no text. */
  readonly encoding: Encoding | null;
  /** The text without byte order mark, colours and a runner's time stamps; '' when the bytes are no text. */
  readonly text: string;
  /** Lines of `text` without line ends. Parsed on first use. */
  readonly lines: readonly string[];
  /** The JSON in `text`; without values when there is none. Parsed on first use. */
  readonly json: JsonDocuments;
  /** What opening it showed: encoding, noise. `readFile` adds them to those of the reader. */
  readonly findings: readonly Finding[];
}
