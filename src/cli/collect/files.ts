import { readFileSync } from 'node:fs';
import { decode } from '../../evidence/decode';
import { sha256Hex } from '../../ledger/hash';
import type { EnvelopeArtifact, EnvelopeContent } from '../../providers/pipeline/envelope';
import { MAX_CONTENT } from '../../providers/pipeline/parts';
import { digestsOf, type FileDigest } from '../digests';
import { leadsOutside } from '../globs';
import type { Secrets } from '../secrets';
import { withoutSensitiveValues } from './plan-values';
import type { Report } from './report';

/** What a kind of file is evidence of, and the option that names it. */
export const FILE_KINDS = [
  { option: 'artifact', kind: 'artifact', whole: false },
  { option: 'junit', kind: 'test-result', whole: true },
  { option: 'plan', kind: 'configuration-difference', whole: true },
  { option: 'configuration', kind: 'configuration-state', whole: true },
  { option: 'log', kind: 'execution-log', whole: true },
  { option: 'attestation', kind: 'attestation', whole: true },
  { option: 'document', kind: 'document', whole: true },
] as const;

/** Of a file that comes whole: what base64 makes of it still fits into one content. */
export const MAX_WHOLE_BYTES = 2_900_000;

export interface Files {
  readonly artifacts: readonly EnvelopeArtifact[];
  readonly contents: readonly EnvelopeContent[];
}

/** How files are handed in: by their digest alone, or whole while they fit. */
export interface Handing {
  readonly whole: boolean;
  readonly secrets: Secrets;
  readonly report: Report;
}

/** Reads the files that patterns name. A pattern without a file is missing, and said to be. */
export async function filesOf(
  { option, kind }: Pick<(typeof FILE_KINDS)[number], 'option' | 'kind'>,
  patterns: readonly string[],
  handing: Handing,
): Promise<Files> {
  const { found, missing } = await digestsOf(patterns);
  for (const { path, why } of missing) handing.report.lacks(`--${option} ${path}`, why, kind);
  const artifacts: EnvelopeArtifact[] = [];
  const contents: EnvelopeContent[] = [];
  for (const file of found) {
    const content = handing.whole ? contentOf(file, handing) : undefined;
    if (content !== undefined) contents.push(content);
    // What was altered, or does not come whole, is known by the digest of the file itself.
    if (content === undefined || digestOf(content) !== file.digest) artifacts.push(listed(file));
  }
  return { artifacts, contents };
}

export const listed = ({ digest, name, size }: FileDigest): EnvelopeArtifact => ({ digest, name, size });

function contentOf(file: FileDigest, { secrets, report }: Handing): EnvelopeContent | undefined {
  if (leadsOutside(file.path)) {
    report.note(
      `${file.name} is a link that leads out of this folder and does not come whole: it is handed in by its SHA-256.`,
    );
    return undefined;
  }
  if (file.size > MAX_WHOLE_BYTES) {
    report.note(`${file.name} has ${file.size} bytes and does not come whole: it is handed in by its SHA-256.`);
    return undefined;
  }
  const bytes = readFileSync(file.path);
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) return otherContent(file, bytes, { secrets, report });
  const plan = withoutSensitiveValues(text);
  const safe = secrets.ofEnvironment(plan?.text ?? text);
  if (plan !== undefined)
    report.note(`${plan.hidden} values that ${file.name} marks as sensitive were taken out of it.`);
  if (safe !== (plan?.text ?? text)) report.note(`Secrets of this run's environment were taken out of ${file.name}.`);
  if (safe.length > MAX_CONTENT) return { name: file.name, base64: Buffer.from(safe, 'utf8').toString('base64') };
  return { name: file.name, text: safe };
}

/** Bytes that are no text are handed in as they are, and so is text in another encoding without a secret in it. */
function otherContent(
  { name }: FileDigest,
  bytes: Buffer,
  { secrets, report }: Pick<Handing, 'secrets' | 'report'>,
): EnvelopeContent {
  const decoded = decode(bytes)?.text;
  const safe = decoded === undefined ? undefined : secrets.ofEnvironment(decoded);
  if (safe === undefined || safe === decoded) return { name, base64: bytes.toString('base64') };
  report.note(`Secrets of this run's environment were taken out of ${name}, which is UTF-8 now.`);
  return { name, text: safe };
}

const digestOf = (content: EnvelopeContent): string =>
  `sha256:${sha256Hex('text' in content ? Buffer.from(content.text, 'utf8') : Buffer.from(content.base64, 'base64'))}`;

/** An artifact whose digest is known elsewhere, such as an image in a registry: `sha256:…` with a name after `=`, or before `@`. */
export function givenArtifact(said: string): EnvelopeArtifact | undefined {
  const [, before, digest = '', after] = /^(?:(.+)@)?(sha256:[0-9a-f]{64})(?:=(.+))?$/.exec(said) ?? [];
  const name = (before ?? after)?.replaceAll(/[\p{Control}\p{Surrogate}]+/gu, ' ').slice(0, 255);
  return digest === '' ? undefined : { digest, ...(name === undefined || name.trim() === '' ? {} : { name }) };
}
