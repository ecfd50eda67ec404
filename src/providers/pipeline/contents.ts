import { textToKeep } from '../../evidence/decode';
import { isObject, membersOf, openJson } from '../json-body';
import type { Opened } from '../provider';
import type { IntakeRequest } from '../request';
import { MAX_CONTENT, type EnvelopeContent } from './parts';

/**
 * Opens an envelope. A file that came in base64 and is text is read as that text, so that it is searched for markings
 * and secrets like everything else; what is taken out of it is taken out of the base64 that is kept, which is of UTF-8 then.
 * Bytes that are no text cannot be searched and stay as they are; what is inside an archive is searched when it is read.
 */
export function open({ body }: IntakeRequest): Opened {
  const opened = openJson(body, ({ kind }) => ({ event: kind }));
  const members = membersOf(body);
  const { contents } = members;
  if (!Array.isArray(contents)) return opened;
  const texts = (contents as readonly unknown[]).map(textOf);
  if (texts.every((text) => text === undefined)) return opened;
  const asText = (contents as readonly unknown[]).map((content, i) =>
    texts[i] === undefined || !isObject(content) ? content : renamed(content, 'base64', 'text', texts[i]),
  );
  const rewrap = (json: string): string => {
    const redacted = membersOf(json);
    const kept = Array.isArray(redacted.contents) ? (redacted.contents as readonly unknown[]) : [];
    return JSON.stringify({
      ...redacted,
      contents: kept.map((content, i) =>
        texts[i] === undefined || !isObject(content) || typeof content.text !== 'string'
          ? content
          : renamed(content, 'text', 'base64', Buffer.from(content.text, 'utf8').toString('base64')),
      ),
    });
  };
  return { ...opened, json: JSON.stringify({ ...members, contents: asText }), rewrap };
}

/** The bytes of a file that came whole. */
export const bytesOf = (content: EnvelopeContent): Buffer =>
  'text' in content ? Buffer.from(content.text, 'utf8') : Buffer.from(content.base64, 'base64');

/** The text of a file in base64; undefined for bytes that are none, for base64 that is not its own, and for anything else. */
function textOf(content: unknown): string | undefined {
  if (!isObject(content) || typeof content.base64 !== 'string' || 'text' in content) return undefined;
  // Left as it is, and so refused as what came.
  if (content.base64.length > MAX_CONTENT) return undefined;
  const bytes = Buffer.from(content.base64, 'base64');
  return bytes.toString('base64') === content.base64 ? textToKeep(bytes) : undefined;
}

/** A copy with one member under another name and value, in its place. */
const renamed = (from: Readonly<Record<string, unknown>>, name: string, to: string, value: string) =>
  Object.fromEntries(Object.entries(from).map(([key, old]) => (key === name ? [to, value] : [key, old])));
