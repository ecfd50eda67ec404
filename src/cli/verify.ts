import { readFileSync } from 'node:fs';
import { NotAPack, verifyPack } from '../pack/verify';
import type { Verification } from '../pack/verify';
import { couldNot } from './outcome';
import type { Outcome } from './outcome';

export const VERIFY_HELP = `Usage: verify PACK [--json]

Checks an evidence pack offline: recomputes every digest, the ledger's hash chain, the commitments, and every
file that was made from others, and prints one line a check and every break.

  PACK               a pack as downloaded, or its files zipped again
  --json             print checks, breaks and summary as JSON
  --key FILE         check signatures with this public key (not available yet)
  --checkpoint FILE  compare with a checkpoint kept elsewhere (not available yet)
  --help             this text

Exit code: 0 no break found, 1 something is altered, damaged or missing, 2 could not be checked.`;

/** Exit code 0 promises no more than this, and the reader is told so every time. */
export const UNSIGNED =
  'Without a checkpoint this means: consistent in itself. The pack is not signed, so somebody could have rewritten it whole. ' +
  'Compare the last hash, or the digest of MANIFEST.sha256, with a copy kept outside Jira.';

export interface VerifyOptions {
  readonly json: boolean;
  readonly key: string | undefined;
  readonly checkpoint: string | undefined;
}

export function verify(paths: readonly string[], options: VerifyOptions): Outcome {
  if (options.key !== undefined)
    return couldNot('--key is not available yet: packs are not signed, so there is nothing to check with a key.');
  if (options.checkpoint !== undefined)
    return couldNot('--checkpoint is not available yet: the app makes no checkpoints.');
  const [path] = paths;
  if (path === undefined || paths.length > 1) return couldNot(`verify takes one pack.\n\n${VERIFY_HELP}`);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return couldNot(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    const verification = verifyPack(bytes);
    return {
      exitCode: verification.ok ? 0 : 1,
      output: options.json ? asJson(verification) : asText(path, verification),
    };
  } catch (error) {
    if (error instanceof NotAPack) return couldNot(`${path} is no evidence pack: ${error.message}.`);
    throw error;
  }
}

const asJson = (verification: Verification): string => JSON.stringify({ ...verification, note: UNSIGNED }, null, 2);

function asText(path: string, { ok, checks, breaks, summary }: Verification): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return [
    `${path}: ${visible(summary.change ?? 'change unknown')} of ${visible(summary.site ?? 'site unknown')}, exported ${visible(summary.generatedAt ?? 'at an unknown time')}`,
    '',
    ...checks.map(
      ({ name, ok: good, detail }) => `${good ? 'ok    ' : 'BROKEN'}  ${name.padEnd(width)}  ${visible(detail)}`,
    ),
    ...(breaks.length === 0
      ? []
      : [
          '',
          ...breaks.map(
            ({ file, check, sentence }) => `${check}: ${visible(file ?? 'the archive')}: ${visible(sentence)}`,
          ),
        ]),
    '',
    ...(summary.head === null ? [] : [`last hash of the ledger     ${summary.head}`]),
    ...(summary.manifestDigest === null ? [] : [`SHA-256 of MANIFEST.sha256  ${summary.manifestDigest}`]),
    ok
      ? `No break found. ${UNSIGNED}`
      : `${breaks.length} ${breaks.length === 1 ? 'break' : 'breaks'} found: this is not what the app wrote.`,
  ].join('\n');
}

/** A pack comes from anywhere, and a terminal obeys control characters. */
const visible = (text: string): string =>
  text.replace(
    /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
