import * as z from '#zod';
import { textToKeep } from '../evidence/decode';
import { EVIDENCE_KINDS, type EvidenceItem, type NamedItem } from '../evidence/item';
import { sha256Hex } from '../ledger/hash';

/** The source of files that people hand in through the panel; no web trigger takes anything in under this name. */
export const HAND_IN = 'hand-in';

/** Base64 of it and the members around it stay below what is stored of one delivery. */
export const MAX_HANDED_IN = 4 * 1024 * 1024;

const text = z.string();
const shape = z.lazy(() =>
  z.strictObject({
    format: z.literal('hand-in/1'),
    change: text,
    /** Chosen by the app: the same bytes handed in twice are two deliveries. */
    upload: text,
    kind: z.enum(EVIDENCE_KINDS),
    about: text,
    name: text,
    mediaType: z.nullable(text),
    /** One of the two. */
    text: z.exactOptional(text),
    base64: z.exactOptional(text),
  }),
);

/** The body of a delivery that a person made: one file, whole. */
export type HandIn = z.infer<typeof shape>;

/** The body in a parsed value; undefined when it is none. */
export function readHandIn(value: unknown): HandIn | undefined {
  const read = shape.safeParse(value);
  if (!read.success || (read.data.text === undefined) === (read.data.base64 === undefined)) return undefined;
  return read.data;
}

type Said = Omit<HandIn, 'format' | 'text' | 'base64'>;

/** Bytes that are UTF-8 stand in it as text. */
export function handInOf(said: Said, bytes: Buffer): HandIn {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? withText(said, text) : withBytes(said, bytes);
}

/** The same as it is searched for markings and secrets: text in another encoding stands in it as text where one is found. */
export function searchedHandIn(said: Said, bytes: Buffer): HandIn {
  const text = textToKeep(bytes);
  return text === undefined ? withBytes(said, bytes) : withText(said, text);
}

const withText = (said: Said, text: string): HandIn => ({ format: 'hand-in/1', ...said, text });
const withBytes = (said: Said, bytes: Buffer): HandIn => ({
  format: 'hand-in/1',
  ...said,
  base64: bytes.toString('base64'),
});

export const bytesOfHandIn = ({ text, base64 }: Pick<HandIn, 'text' | 'base64'>): Buffer =>
  text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text, 'utf8');

/** The one fact of it: that this file was handed in for this change, by whom. */
export function handInItem(
  handIn: HandIn,
  by: { readonly accountId: string; readonly displayName: string },
): NamedItem {
  const bytes = bytesOfHandIn(handIn);
  const { mediaType, about } = handIn;
  const item: EvidenceItem = {
    kind: handIn.kind,
    id: `sha256:${sha256Hex(bytes)}`,
    repository: null,
    title: about,
    url: null,
    state: null,
    commits: [],
    attributes: { size: String(bytes.length), ...(mediaType === null ? {} : { mediaType }), kept: 'whole' },
    people: [{ role: 'sender', person: { accountId: by.accountId, displayName: by.displayName } }],
    claimedAt: null,
  };
  return { item, names: [{ key: handIn.change, places: ['payload'] }] };
}
