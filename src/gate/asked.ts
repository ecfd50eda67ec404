import type { LedgerEntry, StoredEntry } from '../ledger/entry';
import { sameText } from '../policy/identity';
import { beforeControl } from './before-control';
import type { GateFacts } from './recorded';
import type { Exception } from './verdict';
import { when } from './words';

type Evidence = LedgerEntry<'evidence'>;
export type GateAnswered = LedgerEntry<'gate-answered'>;

/** One deployment, whatever number of facts tell of it, with what the deploy gate had said of it. */
export interface Deployed {
  /** The repository and the sender's name of it. */
  readonly name: string;
  readonly environment: string;
  /** Entries of its facts, in the order of the ledger. */
  readonly facts: readonly number[];
  /** When it began, and the last that is known of it; see `happened`. */
  readonly from: string;
  readonly to: string;
  /** Whether a sender said how it ended. */
  readonly over: boolean;
  readonly commits: readonly string[];
  /** The answer that it followed; null when nobody asked for this environment and any of these commits or artifacts. */
  readonly answer: GateAnswered | null;
}

const MINUTE_MS = 60_000;
/** How long an answer stands for a deployment: what follows later was not asked for then. */
export const ANSWER_STANDS_MS = 24 * 60 * MINUTE_MS;
/** As far as clocks may differ, see evidence/skew. */
const TOLERANCE_MS = 5 * MINUTE_MS;
/** A job asks while it runs; after this long without an end it is taken as one that never asked. */
const RUNNING_MS = 60 * MINUTE_MS;

/** Environments that are there to try a change out before it is decided. Any other name counts as the real one. */
export const TRIAL_ENVIRONMENT = /^(?:dev|test|qa|uat|stag|preview|sandbox|local|ci\b|review)/i;

/** States in which a deployment is still going on, of every sender; none at all is an end. */
const GOING_ON: readonly string[] = ['created', 'queued', 'pending', 'waiting', 'requested', 'in_progress', 'running'];

/** The time that counts against it: the sender's claim is never trusted to be later than the arrival. */
export function happened({ claimedAt, receivedAt }: Evidence['body']): string {
  const times = [claimedAt ?? '', receivedAt]
    .map((text) => new Date(text))
    .filter((time) => !Number.isNaN(time.getTime()));
  return new Date(Math.min(...times.map((time) => time.getTime()))).toISOString();
}

/** Every deployment of the change in the order in which each was first recorded, linked to the answer before it. */
export function deployedIn(entries: readonly StoredEntry[]): readonly Deployed[] {
  const groups = new Map<string, [Evidence, ...Evidence[]]>();
  for (const { entry } of entries) {
    if (entry.kind !== 'evidence') continue;
    const key = deploymentKey(entry);
    if (key === undefined) continue;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [entry]);
    else known.push(entry);
  }
  const answers = entries.flatMap(({ entry }) => (entry.kind === 'gate-answered' ? [entry] : []));
  return [...groups.values()].map((facts) => deployed(entries, facts, answers));
}

/** Names a deployment: a status of GitHub has an id of its own and says of which deployment it is. */
function deploymentKey({ body: { evidence, id, repository, attributes, provenance } }: Evidence): string | undefined {
  if (evidence !== 'deployment' && evidence !== 'deployment-status') return undefined;
  const name = evidence === 'deployment-status' ? (attributes['deployment'] ?? id) : id;
  return JSON.stringify([provenance.source, repository, name]);
}

function deployed(
  entries: readonly StoredEntry[],
  facts: readonly [Evidence, ...Evidence[]],
  answers: readonly GateAnswered[],
): Deployed {
  const bodies = facts.map(({ body }) => body);
  const times = bodies.map(happened).sort();
  const [first] = bodies as [Evidence['body'], ...Evidence['body'][]];
  const id = bodies.find(({ evidence }) => evidence === 'deployment')?.id ?? first.attributes['deployment'] ?? first.id;
  const delivered = new Set(bodies.map(({ provenance }) => provenance.bodyDigest));
  const about = {
    name: `${first.repository ?? ''} ${id}`.trim(),
    environment: bodies.map(({ attributes }) => attributes['environment'] ?? '').find((one) => one !== '') ?? '',
    facts: facts.map(({ seq }) => seq),
    from: times[0] ?? '',
    to: times.at(-1) ?? '',
    over: bodies.some(({ state }) => state === null || !GOING_ON.includes(state)),
    commits: [...new Set(bodies.flatMap(({ commits }) => commits))],
  };
  return { ...about, answer: answerBefore(about, [...about.commits, ...artifactsOf(entries, delivered)], answers) };
}

/** Artifacts that a sender names together with a deployment are facts of their own in the same delivery. */
const artifactsOf = (entries: readonly StoredEntry[], deliveries: ReadonlySet<string>): readonly string[] =>
  entries.flatMap(({ entry }) =>
    entry.kind === 'evidence' && entry.body.id.startsWith('sha256:') && deliveries.has(entry.body.provenance.bodyDigest)
      ? [entry.body.id]
      : [],
  );

/**
 * The answer that a deployment followed: the last that was given while it ran, since a job asks as one of its steps; else
 * the last before it; else one just after, as far as clocks may differ.
 */
function answerBefore(
  { environment, from, to }: Pick<Deployed, 'environment' | 'from' | 'to'>,
  named: readonly string[],
  answers: readonly GateAnswered[],
): GateAnswered | null {
  const [begins, ends] = [Date.parse(from), Date.parse(to)];
  const fitting = answers
    .filter(({ body }) => sameText(body.environment, environment))
    .filter(({ body }) => [...body.commits, ...body.artifacts].some((one) => named.includes(one)))
    .map((answer) => ({ answer, at: Date.parse(answer.body.askedAt) }))
    .filter(({ at }) => at >= begins - ANSWER_STANDS_MS && at <= ends + TOLERANCE_MS);
  const during = fitting.findLast(({ at }) => at > begins && at <= ends);
  const before = fitting.findLast(({ at }) => at <= begins);
  return (during ?? before ?? fitting[0])?.answer ?? null;
}

/** The deployments that followed an answer, by the answer's entry. */
export function followedBy(deployments: readonly Deployed[]): ReadonlyMap<number, readonly Deployed[]> {
  const found = new Map<number, Deployed[]>();
  for (const one of deployments) {
    if (one.answer === null) continue;
    const known = found.get(one.answer.seq);
    if (known === undefined) found.set(one.answer.seq, [one]);
    else known.push(one);
  }
  return found;
}

/**
 * Deployments to the real thing against the answer of the gate, and those before which nobody asked it. The latter only
 * where the policy wants it asked, and not where `unopened` says already that nothing was decided.
 */
export function deployedPastGate(
  facts: GateFacts,
  { asks, unopened, now }: { readonly asks: boolean; readonly unopened: ReadonlySet<string>; readonly now: Date },
): Exception[] {
  return deployedIn(facts.entries)
    .filter(({ environment, from }) => !TRIAL_ENVIRONMENT.test(environment) && !beforeControl(facts, from))
    .flatMap((one): Exception[] => {
      const what = `Deployment ${one.name}${one.environment === '' ? '' : ` to ${one.environment}`} of ${when(one.from)}`;
      if (one.answer !== null) {
        const { seq, body } = one.answer;
        if (body.verdict === 'allowed') return [];
        const sentence = `${what} came although the deploy gate had answered ${body.verdict} on ${when(body.askedAt)} (entry ${seq}).`;
        return [{ code: 'deployed-against-gate', sentence, at: one.from }];
      }
      const mayStillAsk = !one.over && now.getTime() - Date.parse(one.from) <= RUNNING_MS;
      if (!asks || mayStillAsk || unopened.has(one.name)) return [];
      const sentence = `${what} came without a question to the deploy gate within the day before it.`;
      return [{ code: 'deployed-unasked', sentence, at: one.from }];
    });
}
