import * as z from '#zod';
import { BREAK_CHECKS } from '../ledger/chain';
import { LEDGER_FORMAT } from '../ledger/entry';
import { sha256Hex } from '../ledger/hash';
import { FILES, PACK_FORMAT, RENDERER, describeFile } from './files';
import type { PackFacts } from './facts';
import type { PackFile } from './input';
import { jsonFile, utf8 } from './text';

const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const whole = z.number().check(z.int(), z.minimum(0));

/** `manifest.json`: what the pack is, and every file with its size and digest. */
const manifestShape = z.strictObject({
  format: z.literal(PACK_FORMAT),
  renderer: z.string(),
  appVersion: z.string(),
  site: z.string(),
  change: z.strictObject({ key: z.string(), issueId: z.string() }),
  generatedAt: z.string(),
  judgedAt: z.string(),
  exportedBy: z.strictObject({ accountId: z.string(), displayName: z.string() }),
  ledger: z.strictObject({
    format: z.literal(LEDGER_FORMAT),
    entries: whole,
    head: digest,
    breaksAtExport: z.array(
      z.strictObject({ seq: z.nullable(z.number()), check: z.enum(BREAK_CHECKS), sentence: z.string() }),
    ),
  }),
  deliveries: z.array(
    z.strictObject({
      bodyDigest: digest,
      state: z.enum(['kept', 'redacted', 'quarantined', 'missing']),
      file: z.nullable(z.string()),
      because: z.nullable(z.string()),
    }),
  ),
  /** What became of the statements of each file that was read; absent in packs from before files were read. */
  statements: z.exactOptional(
    z.array(
      z.strictObject({
        entry: whole,
        digest,
        state: z.enum(['held', 'missing']),
        because: z.nullable(z.string()),
      }),
    ),
  ),
  files: z.array(
    z.strictObject({
      name: z.string(),
      bytes: whole,
      sha256: digest,
      role: z.enum(['primary', 'derived']),
      title: z.string(),
      objectives: z.array(z.string()),
    }),
  ),
});

export type Manifest = z.infer<typeof manifestShape>;

/** The manifest in a parsed value, or why it is none. */
export function readManifest(value: unknown): Manifest | { readonly refused: string } {
  const parsed = manifestShape.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'the whole'}: ${message}`,
  );
  return { refused: where.slice(0, 5).join('; ') };
}

/** `manifest.json` over all files but itself and the checksums. */
export function manifestFile(facts: PackFacts, files: readonly PackFile[]): PackFile {
  const { input } = facts;
  const manifest: Manifest = {
    format: PACK_FORMAT,
    renderer: RENDERER,
    appVersion: input.appVersion,
    site: input.site,
    change: { key: input.snapshot.key, issueId: input.snapshot.issueId },
    generatedAt: input.generatedAt,
    judgedAt: input.verdict.judgedAt,
    exportedBy: { accountId: input.exportedBy.accountId, displayName: input.exportedBy.displayName },
    ledger: {
      format: LEDGER_FORMAT,
      entries: input.entries.length,
      head: facts.head,
      breaksAtExport: facts.breaks.map(({ seq, check, sentence }) => ({ seq, check, sentence })),
    },
    deliveries: facts.deliveries.map(({ bodyDigest, state, file, because }) => ({ bodyDigest, state, file, because })),
    statements: facts.handedIn.statements.map(({ entry, digest, state, because }) => ({
      entry,
      digest,
      state,
      because,
    })),
    files: files.map(describe),
  };
  return { name: FILES.manifest, bytes: jsonFile(manifest) };
}

function describe({ name, bytes }: PackFile): Manifest['files'][number] {
  const description = describeFile(name);
  if (description === undefined) throw new Error(`${name} is no file of a pack`);
  return {
    name,
    bytes: bytes.length,
    sha256: sha256Hex(bytes),
    ...description,
    objectives: [...description.objectives],
  };
}

/**
 * `MANIFEST.sha256` over all files but itself, in the form of GNU `sha256sum`: 64 lower-case hexadecimal digits, two
 * spaces, the name, a line feed; sorted by name.
 */
export function checksumsFile(files: readonly PackFile[]): PackFile {
  const lines = [...files]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, bytes }) => `${sha256Hex(bytes)}  ${name}\n`);
  return { name: FILES.checksums, bytes: utf8(lines.join('')) };
}
