import type { Read } from '../../../src/readers/reader';
import { readFile } from '../../../src/readers/readers';
import { handedIn } from './file';

export type ReadFile = Extract<Read, { outcome: 'read' }>;

/** What a file states, or a failure that names the refusal. */
export function reading(content: unknown): ReadFile {
  const read = readFile(handedIn(contentOf(content)));
  if (read.outcome !== 'read') throw new Error(`refused as ${read.format}: ${read.reason}`);
  return read;
}

/** The reason of a refusal, or the format under which it was read. */
export function refusal(content: unknown): string {
  const read = readFile(handedIn(contentOf(content)));
  return read.outcome === 'refused' ? read.reason : `read as ${read.format}`;
}

export const codes = ({ findings }: ReadFile): readonly string[] => findings.map(({ code }) => code);

const contentOf = (content: unknown): string | Uint8Array =>
  typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content);
