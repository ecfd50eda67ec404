import { decode, type Decoded } from '../evidence/decode';
import { nestingOf } from '../evidence/json-strings';
import type { Content } from './content';
import type { Finding } from './findings';
import { inflate } from './inflate';
import { readJson, type JsonDocuments } from './json-documents';
import { MAX_BYTES, MAX_NESTING } from './limits';
import type { HandedIn } from './reader';
import type { RefusalReason } from './refusals';
import { unwrap } from './wrapping';

/** Opens a file for the readers. Reasons: `empty`, `too-large`, `inflates-too-far`, `archive-damaged`, `too-deep`. */
export function openContent(file: HandedIn): Content | { readonly reason: RefusalReason } {
  if (file.bytes.length === 0) return { reason: 'empty' };
  if (file.bytes.length > MAX_BYTES) return { reason: 'too-large' };
  const inflated = inflate(file.bytes);
  if ('reason' in inflated) return inflated;
  const decoded = inflated.files === 1 ? decode(inflated.bytes) : undefined;
  const start = /\S/.exec(decoded?.text ?? '')?.[0];
  if ((start === '{' || start === '[') && nestingOf(decoded?.text ?? '', MAX_NESTING) > MAX_NESTING) {
    return { reason: 'too-deep' };
  }
  return new OpenContent(file, inflated.bytes, inflated.files, decoded);
}

class OpenContent implements Content {
  readonly encoding: Content['encoding'];
  readonly text: string;
  readonly findings: readonly Finding[];
  private knownLines: readonly string[] | undefined;
  private knownJson: JsonDocuments | undefined;

  constructor(
    readonly file: HandedIn,
    readonly bytes: Uint8Array,
    files: number,
    decoded: Decoded | undefined,
  ) {
    const unwrapped = unwrap(decoded?.text ?? '');
    this.encoding = decoded?.encoding ?? null;
    this.text = unwrapped.text;
    this.findings = findingsOf(files, this.encoding, unwrapped);
  }

  get lines(): readonly string[] {
    this.knownLines ??= this.text.split(/\r?\n/);
    return this.knownLines;
  }

  get json(): JsonDocuments {
    this.knownJson ??= readJson(this.text);
    return this.knownJson;
  }
}

function findingsOf(
  files: number,
  encoding: Content['encoding'],
  { escapes, stamps }: { readonly escapes: number; readonly stamps: number },
): readonly Finding[] {
  const findings: Finding[] = [];
  if (files !== 1) {
    const sentence = `It is an archive of ${files} files, which were not opened; hand in each by itself.`;
    findings.push({ code: 'not-read-whole', sentence });
  }
  if (encoding !== null && encoding !== 'utf-8') {
    findings.push({ code: 'other-encoding', sentence: `The text is encoded as ${encoding} and was read as such.` });
  }
  if (escapes > 0) {
    const sentence = `${escapes} terminal control sequences were taken off before reading.`;
    findings.push({ code: 'wrapper-noise', sentence });
  }
  if (stamps > 0) {
    findings.push({ code: 'wrapper-noise', sentence: `${stamps} lines carried a runner's time stamp, taken off.` });
  }
  return findings;
}
