import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpusFolder } from './corpus';

/** A file of the corpus with what a person would say of it after reading the vendor's documentation, by hand. */
export interface HandedInFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What has to come out: the subjects of all facts, or the reason of a refusal. */
export type Expected = { readonly refused: string } | { readonly facts: readonly string[] };

export interface CorpusSet {
  readonly set: string;
  readonly files: readonly HandedInFile[];
  readonly expected: (file: HandedInFile) => Expected;
}

function filesOf(set: string, keep: (name: string) => boolean, under = ''): readonly HandedInFile[] {
  const folder = corpusFolder(set);
  if (folder === undefined) return [];
  return readdirSync(join(folder, under))
    .filter(keep)
    .sort()
    .map((name) => ({ name: `${set}/${name}`, bytes: new Uint8Array(readFileSync(join(folder, under, name))) }));
}

type Json = Readonly<Record<string, unknown>>;

/** The text by its byte order mark, and nothing cleverer. */
export function textOf({ bytes }: HandedInFile): string {
  const buffer = Buffer.from(bytes);
  return (buffer[0] === 0xff && buffer[1] === 0xfe ? buffer.toString('utf16le') : buffer.toString('utf8')).replace(
    /^\ufeff/,
    '',
  );
}

function jsonOf(file: HandedInFile): unknown {
  try {
    return JSON.parse(textOf(file)) as unknown;
  } catch {
    return undefined;
  }
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** Every resource and output with an action other than "no-op" is a fact; a state is one fact a resource. */
function terraform(file: HandedInFile): Expected {
  const plan = jsonOf(file) as Json | undefined;
  if (plan === undefined) return { refused: 'not-json' };
  if (!/^[01]\.\d+$/.test(word(plan['format_version']))) return { refused: 'version-unknown' };
  const values = plan['values'] as { root_module: Json } | undefined;
  if (values !== undefined) return { facts: list(values.root_module['resources']).map(({ address }) => word(address)) };
  const changing = (one: Json): boolean => !(one['actions'] as readonly string[]).includes('no-op');
  const resources = [...list(plan['resource_changes']), ...list(plan['resource_drift'])];
  const outputs = Object.entries((plan['output_changes'] as Record<string, Json> | undefined) ?? {});
  return {
    facts: [
      ...resources.filter(({ change }) => changing(change as Json)).map(({ address }) => word(address)),
      ...outputs.filter(([, change]) => changing(change)).map(([name]) => `output.${name}`),
    ],
  };
}

function cloudtrail(file: HandedInFile): Expected {
  return { facts: list(jsonOf(file)).map((record) => word(record['eventID'])) };
}

/** One item, a list of items, or a notification around one. */
function awsConfig(file: HandedInFile): Expected {
  const json = jsonOf(file);
  if (json === undefined) return { refused: 'not-json' };
  const items = Array.isArray(json) ? list(json) : [((json as Json)['configurationItem'] ?? json) as Json];
  return {
    facts: items.map(
      (item) =>
        `${word(item['resourceType'])} ${word(item['resourceName'] === '' ? item['resourceId'] : (item['resourceName'] ?? item['resourceId']))}`,
    ),
  };
}

/** One fact an event: whatever stands between the brackets of `audit(…)`. */
function auditd(file: HandedInFile): Expected {
  const events = textOf(file).matchAll(/audit\((\d+)\.(\d+):(\d+)\)/g);
  return {
    facts: [...new Set([...events].map(([, seconds = '', part = '', serial = '']) => `${seconds}${part}:${serial}`))],
  };
}

export const CORPUS_SETS: readonly CorpusSet[] = [
  { set: 'terraform-plan', files: filesOf('terraform-plan', (name) => name.endsWith('.json')), expected: terraform },
  { set: 'cloudtrail', files: filesOf('cloudtrail', (name) => name.endsWith('.json')), expected: cloudtrail },
  {
    set: 'aws-config',
    files: filesOf('aws-config', (name) => name.endsWith('.json'), 'configuration-items'),
    expected: awsConfig,
  },
  { set: 'auditd', files: filesOf('auditd', (name) => name.endsWith('.log'), 'auparse'), expected: auditd },
];

export const EVIDENCE_FILES = filesOf('evidence-files', (name) => name !== 'NOTES.md');
