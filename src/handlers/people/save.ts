import { savePeoplePayload } from '../../contract/payloads';
import type { PeopleView } from '../../contract/people';
import { appendEntry } from '../../ledger/append';
import { canonicalJson } from '../../ledger/canonical';
import { disclosed } from '../../ledger/commitment';
import type { Person } from '../../ledger/entry';
import { PEOPLE_CURRENT_KEY, peopleKey, POLICY_CHAIN } from '../../ledger/keys';
import type { PeopleMap } from '../../policy/people';
import { peopleDifferences } from '../../policy/people-difference';
import { peopleSchema } from '../../policy/people-schema';
import { peopleProblems } from '../../policy/people-sense';
import type { Ports } from '../../ports/ports';
import { Disclosing } from '../disclosing';
import { mustAdminister } from '../policy/admins-only';
import { refuse } from '../refusal';
import { callerOf, parsed, type ResolverCall } from '../resolver-call';
import { peopleView } from './read';
import {
  digestOf,
  isPeopleSave,
  settlePeople,
  type PeopleDocument,
  type PeopleSaved,
  type SettledPeople,
} from './store';

/** Forge storage takes 240 KiB a value; the rest is for its own encoding. */
export const MAX_PEOPLE_BYTES = 200 * 1024;

const NUMBERS = 100;

interface Attempt {
  readonly basedOn: string;
  readonly people: PeopleMap['people'];
  readonly accountId: string;
  readonly reason: string;
}

/**
 * `people.save`: a new version of the people map, in force when this answers, committed as `policy.save` commits a
 * policy: first the version's document, then the ledger's entry, which is the commit point, then the copy in force. A
 * version has one successor. The entry holds counts and a salted digest, nobody's data.
 *
 * Refusals: 400 with a sentence for each problem, 403, 409 not-in-force, unchanged, ledger-broken.
 */
export async function savePeople(ports: Ports, call: ResolverCall): Promise<PeopleView> {
  const accountId = callerOf(call);
  await mustAdminister(ports);
  const { basedOn, people: given, reason } = parsed(savePeoplePayload, call.payload);
  const attempt = { basedOn, people: sound(given), accountId, reason };
  const settled = await settlePeople(ports);
  if (settled.version !== basedOn) return answerConflict(ports, settled, attempt);
  const [broken] = settled.breaks;
  if (broken !== undefined) {
    const message = `No people map is saved on a ledger that does not verify: ${broken.sentence}.`;
    throw refuse(409, 'ledger-broken', message);
  }
  const changes = differences(settled, attempt.people);
  if (changes.length === 0) throw refuse(409, 'unchanged', 'The people map says this already: nothing to save.');
  const saved = await createVersion(ports, attempt);
  const stored = await announce(ports, saved, changes, attempt);
  if (stored.entry.body.version !== saved.version) return answerConflict(ports, await settlePeople(ports), attempt);
  await ports.store.set(PEOPLE_CURRENT_KEY, saved);
  await queueRefreshes(ports);
  return peopleView(ports, await settlePeople(ports));
}

/** @throws Refused 400: the shape first, then the sense, one sentence for each problem. */
function sound(given: unknown): PeopleMap['people'] {
  const map = parsed(peopleSchema, { version: 'draft', people: given });
  const problems = peopleProblems(map);
  const bytes = Buffer.byteLength(canonicalJson(map));
  if (bytes > MAX_PEOPLE_BYTES)
    problems.push(`The people map takes ${bytes} bytes and at most ${MAX_PEOPLE_BYTES} can be stored.`);
  if (problems.length > 0) throw refuse(400, 'people-problems', problems.join(' '), problems);
  return map.people;
}

function differences({ people, version }: SettledPeople, after: PeopleMap['people']): readonly string[] {
  return people === undefined
    ? ['The map before cannot be read from storage any more; this one was saved whole.']
    : peopleDifferences(people, { version, people: after });
}

/** The one who saved the same before, and whose answer was lost, is answered again; everybody else is told who was first. */
async function answerConflict(ports: Ports, settled: SettledPeople, attempt: Attempt): Promise<PeopleView> {
  const { basedOn, people, accountId } = attempt;
  const next = settled.saves.find(({ entry }) => entry.fact === factOf(basedOn));
  const by = next === undefined ? undefined : disclosed<Person>(next, next.entry.body.by);
  if (next !== undefined && by?.accountId === accountId) {
    const theirs = await ports.store.get(peopleKey(next.entry.body.version));
    if (digestOf(theirs) === next.entry.body.peopleDigest && samePeople(theirs, people))
      return peopleView(ports, settled);
  }
  throw refuse(
    409,
    'not-in-force',
    `${by?.displayName ?? 'Somebody'} saved the people map meanwhile: ${settled.version} is in force, and yours is based on ${basedOn}. Nothing of yours was saved. Look at theirs and save yours again.`,
  );
}

const samePeople = (document: unknown, people: PeopleMap['people']): boolean =>
  canonicalJson((document as PeopleDocument).people) === canonicalJson(people);

/** Created once under the first number that is free, or that an attempt with the same content took. */
async function createVersion(ports: Ports, { basedOn, people }: Attempt): Promise<PeopleDocument> {
  const first = Number(/^people-(\d+)$/.exec(basedOn)?.[1] ?? '0') + 1;
  for (let number = first; number < first + NUMBERS; number += 1) {
    const named = { version: `people-${number}`, people, salt: ports.random.salt() };
    const key = peopleKey(named.version);
    if ((await ports.store.create(key, named)) === 'created') return named;
    const there = (await ports.store.get(key)) as PeopleDocument | undefined;
    if (there !== undefined && samePeople(there, people)) return there;
  }
  throw refuse(503, 'busy', 'Many saves of the people map were broken off. Tell the people who look after this app.');
}

/** A version has one successor: the ledger holds this name once. */
const factOf = (basedOn: string): string => `people-after:${basedOn}`;

async function announce(
  ports: Ports,
  saved: PeopleDocument,
  changes: readonly string[],
  { basedOn, reason, accountId }: Attempt,
): Promise<PeopleSaved> {
  const person = await ports.jira.readDecider(accountId);
  const disclosing = new Disclosing(ports.random);
  const { stored } = await appendEntry(
    { store: ports.store, now: ports.clock.now() },
    {
      chain: POLICY_CHAIN,
      kind: 'people-saved',
      fact: factOf(basedOn),
      body: {
        version: saved.version,
        peopleDigest: digestOf(saved) ?? '',
        previous: basedOn,
        people: saved.people.length,
        changes,
        by: disclosing.person(accountId, person?.displayName),
        reason,
      },
      disclosures: disclosing.disclosures,
    },
  );
  if (!isPeopleSave(stored)) throw new Error(`entry ${stored.entry.seq} has the name of a people map`);
  return stored;
}

/** Who is barred may have changed. The map is in force already, and the hourly reconciler refreshes all the same. */
async function queueRefreshes(ports: Ports): Promise<void> {
  try {
    await ports.jobs.push({ job: 'refresh-all' }, { onePerKey: 'refresh-all' });
  } catch (failure) {
    ports.log.error('the changes were not queued after a save of the people map and wait for the reconciler', failure);
  }
}
