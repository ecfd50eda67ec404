import { sha256Hex } from '../../ledger/hash';
import { readPublished, type PublishedHead } from '../../ledger/published';
import type { Rim } from '../rim';
import { packCopy, packName, type Copy } from './copy';
import type { JiraReader, SeenChange, SeenPack } from './jira';
import { openPack } from './open-pack';
import type { KnownChange } from './state';
import type { Finding } from './findings';
import { judgeHead, judgePack, withHead } from './watch';

/** What one look at a change brought. */
export interface Observed {
  readonly seen: SeenChange;
  /** What is known from now on. */
  readonly known: KnownChange;
  /** The head as the field has it; undefined when there is none, or none that agrees with what was seen before. */
  readonly head: PublishedHead | undefined;
  readonly packs: readonly Copy[];
  readonly findings: readonly Finding[];
}

export interface Looking {
  readonly jira: JiraReader;
  readonly rim: Rim;
  readonly site: string;
  /** Whether every destination holds the copy of this name. */
  readonly isKept: (name: string) => boolean;
}

/** The app looks again after it wrote the field, so a head that was overtaken while it was written stays for seconds. */
const SETTLE_MS = 5_000;
const SETTLE_ATTEMPTS = 3;

/** Looks at a change, fetches the packs that are not kept everywhere yet, and holds all of it against what is known. */
export async function observe(looking: Looking, found: SeenChange, before: KnownChange): Promise<Observed> {
  const { seen, published, finding } = await settledHead(looking, found, before);
  const findings = finding === undefined ? [] : [finding];
  let known: KnownChange = { ...before, key: seen.key };
  if (published !== undefined && finding === undefined) known = withHead(known, published);
  const packs: Copy[] = [];
  for (const one of seen.attachments) {
    const kept = known.packs[one.id];
    if (kept !== undefined && looking.isKept(packName(seen.issueId, kept.sha256, kept.fileName))) continue;
    const fetched = await fetchPack(looking, seen, one, known, published);
    packs.push(fetched.copy);
    known = fetched.known;
  }
  findings.push(...packFindings(known));
  const head = finding === undefined ? published : undefined;
  return { seen, known, head, packs, findings: [...findings, ...missingPacks(seen, known, published)] };
}

/** What was wrong with packs when they were fetched: one that is kept is not fetched again, and one may be gone by now. */
export const packFindings = ({ packs }: KnownChange): readonly Finding[] =>
  Object.values(packs).flatMap(({ findings = [] }) => findings);

async function settledHead({ jira, rim }: Looking, found: SeenChange, known: KnownChange) {
  let seen = found;
  for (let attempt = 0; ; attempt += 1) {
    const published = readPublished(seen.ledger);
    const finding = judgeHead(known, published, seen.ledger);
    if (finding === undefined || attempt === SETTLE_ATTEMPTS) return { seen, published, finding };
    await rim.sleep(SETTLE_MS);
    seen = (await jira.change(seen.issueId)) ?? seen;
  }
}

async function fetchPack(
  { jira, site }: Looking,
  seen: SeenChange,
  one: SeenPack,
  known: KnownChange,
  published: PublishedHead | undefined,
) {
  const bytes = await jira.bytes(one);
  const pack = openPack(one.fileName, bytes);
  const { hashes, manifestDigest } = pack;
  const head = hashes.at(-1) ?? null;
  const copy = packCopy(
    { site, change: { issueId: seen.issueId, key: seen.key } },
    { fileName: one.fileName, bytes, manifestDigest, entries: hashes.length, head },
  );
  const findings: Finding[] = [];
  const [first] = pack.breaks;
  if (first !== undefined)
    findings.push({
      code: 'pack-altered',
      sentence: `${one.fileName} is not what the app wrote: ${first}${pack.breaks.length > 1 ? ` (and ${pack.breaks.length - 1} more)` : ''}`,
    });
  if (pack.chain !== null && pack.chain !== seen.issueId)
    findings.push({
      code: 'pack-of-another-change',
      sentence: `${one.fileName} holds the ledger of issue ${pack.chain}.`,
    });
  const off = judgePack(known, pack);
  if (off !== undefined) findings.push(off);
  const newest = published?.pack ?? undefined;
  if (newest !== undefined && numberOf(one) === newest.number && manifestDigest !== newest.manifestDigest)
    findings.push({
      code: 'pack-not-announced',
      sentence: `${one.fileName} has the manifest ${manifestDigest ?? 'none'}; the field names ${newest.manifestDigest}.`,
    });
  const standing = together(known.packs[one.id]?.findings ?? [], findings);
  const kept = {
    ...{ fileName: one.fileName, sha256: sha256Hex(bytes), manifestDigest },
    ...(standing.length === 0 ? {} : { findings: standing }),
  };
  const added = { ...known, packs: { ...known.packs, [one.id]: kept } };
  const agrees = findings.length === 0 && head !== null;
  return { copy, known: agrees ? withHead(added, { entries: hashes.length, head }) : added };
}

/** Fetched again, a pack may be held against less than before: nothing that was said of it is taken back by that. */
const together = (before: readonly Finding[], now: readonly Finding[]): Finding[] => [
  ...before,
  ...now.filter(({ sentence }) => !before.some((one) => one.sentence === sentence)),
];

const numberOf = ({ fileName }: SeenPack): string | undefined => /pack-(\d+)\.zip$/.exec(fileName)?.[1];

/** Packs that were there and are not any more; and the newest, as long as it is not there. */
function missingPacks(seen: SeenChange, known: KnownChange, published: PublishedHead | undefined): readonly Finding[] {
  const there = new Set(seen.attachments.map(({ id }) => id));
  const gone = Object.keys(known.packs).filter((id) => !there.has(id));
  const findings: Finding[] = gone.map((id) => ({
    code: 'pack-gone',
    sentence: `${known.packs[id]?.fileName ?? id} was copied before and is not attached to ${seen.key} any more.`,
  }));
  const newest = published?.pack?.number;
  const isThere = seen.attachments.some((one) => numberOf(one) === newest);
  const wasThere = Object.values(known.packs).some(({ fileName }) => fileName.endsWith(`pack-${newest ?? ''}.zip`));
  if (newest !== undefined && !isThere && !wasThere)
    findings.push({
      code: 'pack-missing',
      sentence: `The newest pack, ${newest}, is not attached to ${seen.key}: it was deleted before it was copied, or it was not attached, and then the panel says why.`,
    });
  return findings;
}
