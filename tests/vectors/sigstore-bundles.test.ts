import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleOf } from '../../src/readers/sigstore/bundle';
import { verifyBundle } from '../../src/readers/sigstore/verify-bundle';
import type { Signature } from '../../src/readers/signature/checks';
import type { Trust } from '../../src/readers/signature/trust';
import { corpusFolder } from './corpus';
import { publicGoodRoot } from './sigstore-public-good';

const folder = corpusFolder('dsse-intoto');
const BRIAN = { name: 'Brian', subject: 'brian@dehamer.com', issuer: 'https://github.com/login/oauth' };
type Given = Partial<Pick<Trust, 'keys' | 'sigstoreRoot' | 'sigstoreIdentities'>>;

function judged(value: unknown, trust: Given, artifact?: Buffer): Signature | 'version-unknown' | 'shape' {
  const bundle = bundleOf(value);
  if (typeof bundle === 'string') return bundle;
  return verifyBundle(bundle, { keys: [], sigstoreIdentities: [], ...trust }, artifact);
}
const stateOf = (result: ReturnType<typeof judged>): string => (typeof result === 'string' ? result : result.state);

describe('bundles of sigstore-js, against the roots of the public instance', () => {
  const run = folder === undefined ? it.skip : it;
  const bundles = folder === undefined ? [] : filesOf(join(folder, 'sigstore-js'), '.sigstore');
  const trust = folder === undefined ? {} : { sigstoreRoot: publicGoodRoot(folder), sigstoreIdentities: [BRIAN] };

  run('verified, save the one that brings its own root; without root or identity nobody signed', () => {
    const rows = bundles.map(([name, text]) => {
      const value: unknown = JSON.parse(text);
      const result = judged(value, trust);
      expect([name, stateOf(result)]).toEqual([
        name,
        name === 'bundleV01-full-cert-chain.sigstore' ? 'signed-signer-unknown' : 'verified',
      ]);
      for (const part of [{}, { sigstoreRoot: trust.sigstoreRoot }, { sigstoreIdentities: [BRIAN] }]) {
        expect([name, stateOf(judged(value, part))]).toEqual([name, 'signed-signer-unknown']);
      }
      const wrong = { ...trust, sigstoreIdentities: [{ ...BRIAN, issuer: 'https://accounts.google.com' }] };
      expect([name, stateOf(judged(value, wrong))]).toEqual([name, 'signed-signer-unknown']);
      return row(name, result);
    });
    process.stdout.write(['sigstore-js bundles', ...rows, ''].join('\n'));
  });

  run('never verified with a character of anything that is encoded changed, or a number', () => {
    // One of each version and kind of entry.
    for (const [name, text] of bundles.filter(([name]) =>
      /V01-(?:dsse-with|intoto-no)|V02-dsse|V03-intoto/.test(name),
    )) {
      const still: string[] = [];
      for (const [at, literal] of literalsOf(text)) {
        for (const place of [1, Math.floor(literal.length / 2), literal.length - 6]) {
          const old = literal[place];
          if (literal.length < 8 || literal[place - 1] === '\\' || old === undefined || !/[A-Za-z0-9]/.test(old))
            continue;
          const other = /\d/.test(old) ? String((Number(old) + 1) % 10) : old === 'A' ? 'B' : 'A';
          const changed = text.slice(0, at + place) + other + text.slice(at + place + 1);
          if (stateOf(judged(JSON.parse(changed), trust)) === 'verified') still.push(`${at}: ${literal.slice(0, 40)}`);
        }
      }
      expect([name, still]).toEqual([name, []]);
    }
  });
});

describe('conformance suite of sigstore', () => {
  const cases = folder === undefined ? '' : join(folder, 'sigstore-conformance');
  const present = folder !== undefined && existsSync(cases);
  if (folder !== undefined && !present)
    process.stderr.write('not run: vectors sigstore-conformance (not in the corpus)\n');

  (present ? it : it.skip)('no case that must fail is verified, and every other is', () => {
    const rows: string[] = [];
    for (const name of readdirSync(cases)) {
      const read = (file: string): string | undefined =>
        existsSync(join(cases, name, file)) ? readFileSync(join(cases, name, file), 'utf8') : undefined;
      const text = read('bundle.sigstore.json');
      if (text === undefined) continue;
      const key = read('key.pub');
      const root = read('trusted_root.json');
      const artifact = ['artifact', '../a.txt'].find((file) => existsSync(join(cases, name, file)));
      const result = caseResult(
        text,
        {
          keys: key === undefined ? [] : [{ name: 'the key', pem: key }],
          sigstoreRoot: root === undefined ? publicGoodRoot(folder ?? '') : JSON.parse(root),
        },
        artifact === undefined ? undefined : readFileSync(join(cases, name, artifact)),
      );
      rows.push(row(name, result));
      if (name.endsWith('_fail')) expect([name, stateOf(result)]).not.toEqual([name, 'verified']);
      else expect([name, stateOf(result)]).toEqual([name, 'verified']);
    }
    expect(rows.length).toBeGreaterThan(50);
    process.stdout.write(['sigstore-conformance', ...rows, ''].join('\n'));
  });
});

/** Registers whoever the certificate names: identities are not what these cases are about. */
function caseResult(text: string, trust: Given, artifact: Buffer | undefined): ReturnType<typeof judged> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'shape';
  }
  const bundle = bundleOf(value);
  if (typeof bundle === 'string') return bundle;
  const { claimed } = verifyBundle(bundle, { keys: [], sigstoreIdentities: [] });
  return judged(
    value,
    { ...trust, sigstoreIdentities: claimed === null ? [] : [{ name: 'the signer', ...claimed }] },
    artifact,
  );
}

const row = (name: string, result: ReturnType<typeof judged>): string =>
  typeof result === 'string'
    ? `  ${name.padEnd(56)} refused: ${result}`
    : `  ${name.padEnd(56)} ${result.state}${result.notChecked.length === 0 ? '' : `; not checked: ${result.notChecked.join(', ')}`}`;

function filesOf(path: string, extension: string): readonly (readonly [string, string])[] {
  return readdirSync(path)
    .filter((name) => name.endsWith(extension))
    .map((name) => [name, readFileSync(join(path, name), 'utf8')] as const);
}

/** String literals that are values, with their place. */
function literalsOf(text: string): readonly (readonly [number, string])[] {
  return [...text.matchAll(/: ?"((?:[^"\\]|\\.)*)"|^\s+"([A-Za-z0-9+/=]+)",?$/gm)].map((match) => {
    const literal = match[1] ?? match[2] ?? '';
    return [match.index + match[0].indexOf(literal), literal] as const;
  });
}
