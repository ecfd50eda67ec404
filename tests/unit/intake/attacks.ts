/** Deliveries that somebody made to do harm, signed as their sender signs: what is in them has to be refused by itself. */
import { gzipSync } from 'node:zlib';
import type { IntakeRequest } from '../../../src/providers/request';
import type { Sender } from './senders';

const MB = 1024 * 1024;

export interface Attack {
  readonly name: string;
  /** Senders that it is for; all where it is absent. */
  readonly only?: readonly string[];
  readonly body: (sender: Sender) => string;
  /** What it may end as: `accepted`, or the reason of a refusal. */
  readonly ends: readonly string[];
}

const zeros = (bytes: number): Buffer => gzipSync(Buffer.alloc(bytes), { level: 9 });

/** One entry, deflated, in a ZIP whose directory says nothing else: APPNOTE 4.3, without what nobody reads of it. */
function zipOf(deflated: Buffer): Buffer {
  const name = Buffer.from('a');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(deflated.length, 18);
  local.writeUInt32LE(0xffffffff, 22);
  local.writeUInt16LE(name.length, 26);
  return Buffer.concat([local, name, deflated]);
}

const own = ({ body }: Sender, text: string): string => JSON.stringify(body(10, text));
const withMember = (sender: Sender, member: string): string =>
  own(sender, 'CHG-7 the port').replace(/^\{/, `{"padding":${member},`);
const file = (bytes: Buffer): string =>
  JSON.stringify({
    change: 'CHG-7',
    kind: 'document',
    contents: [{ name: 'plan.bin', base64: bytes.toString('base64') }],
  });

const keys = (count: number): string => Array.from({ length: count }, (_, i) => `CHG-${i + 1}`).join(' ');

/** Texts that make a pattern with a nested or overlapping repetition go back and forth for ever. */
const HOSTILE_TEXTS: readonly (readonly [string, string])[] = [
  ['blanks', ' '.repeat(300_000)],
  ['blanks before something', `${' '.repeat(300_000)}!`],
  ['halves of keys', 'CHG-'.repeat(100_000)],
  ['hyphens', '-'.repeat(300_000)],
  ['letters and one more', `${'a'.repeat(300_000)}!`],
  ['halves of addresses', '<a@'.repeat(100_000)],
  ['halves of banners', 'CUI//'.repeat(60_000)],
  ['halves of keys of a service', 'AKIA'.repeat(75_000)],
  ['halves of tokens', 'eyJ.'.repeat(75_000)],
  ['beginnings of private keys', '-----BEGIN '.repeat(27_000)],
  ['slashes', '/\\'.repeat(150_000)],
  ['per cents', '%25'.repeat(100_000)],
  ['marks on one letter', `e${'\u0301'.repeat(150_000)}`],
];

export const ATTACKS: readonly Attack[] = [
  {
    name: 'a compressed bomb as the body',
    body: () => zeros(64 * MB).toString('latin1'),
    ends: ['not-json', 'event-missing'],
  },
  {
    name: 'nesting, a million levels',
    body: (sender) => withMember(sender, `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`),
    ends: ['too-deep', 'event-missing'],
  },
  {
    name: 'nesting of objects, cut off',
    body: () => `{"object_kind":"push","a":${'{"a":'.repeat(400_000)}`,
    ends: ['too-deep', 'event-missing'],
  },
  {
    name: 'a line of 5 MB',
    body: (sender) => withMember(sender, `"${'a'.repeat(5 * MB)}"`),
    ends: ['too-large', 'token-too-large'],
  },
  {
    name: '100,000 keys in one message',
    body: (sender) => own(sender, keys(100_000)),
    ends: ['too-many-changes', 'shape.commits'],
  },
  {
    name: 'one key 100,000 times',
    body: (sender) => own(sender, 'CHG-7 '.repeat(100_000)),
    ends: ['accepted', 'shape.commits'],
  },
  {
    name: 'an object of 50,000 members',
    body: (sender) => withMember(sender, `{${Array.from({ length: 50_000 }, (_, i) => `"m${i}":${i}`).join()}}`),
    ends: ['accepted', 'unknown-member'],
  },
  {
    name: 'members of every object',
    body: (sender) =>
      own(sender, 'CHG-7').replace(/^\{/, '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},'),
    ends: ['accepted', 'unknown-member'],
  },
  ...HOSTILE_TEXTS.map(([name, text]) => ({
    name: `text of ${name}`,
    body: (sender: Sender) => own(sender, `CHG-7 ${text}`),
    ends: ['accepted', 'shape.commits'],
  })),
  {
    name: 'markings without end',
    body: (sender) => own(sender, `CHG-7 ${'CUI//SP-CTI '.repeat(100_000)}`),
    ends: ['accepted', 'shape.commits'],
  },
  {
    name: 'secrets without end',
    body: (sender) => own(sender, `CHG-7 ${`AKIA${'Q'.repeat(16)} `.repeat(60_000)}`),
    ends: ['accepted', 'shape.commits'],
  },
  {
    name: 'a compressed bomb as a file',
    only: ['pipeline'],
    body: () => file(zeros(64 * MB)),
    ends: ['accepted'],
  },
  {
    name: 'an archive whose file says 4 GB',
    only: ['pipeline'],
    body: () => file(zipOf(zeros(64 * MB))),
    ends: ['accepted'],
  },
  {
    name: 'hostile text in base64',
    only: ['pipeline'],
    body: () => file(Buffer.from('CUI//'.repeat(200_000))),
    ends: ['accepted'],
  },
];

export const isFor = ({ only }: Attack, { source }: Sender): boolean => only === undefined || only.includes(source);

export const attackRequest = (attack: Attack, sender: Sender): IntakeRequest =>
  sender.send(sender.event, attack.body(sender));
