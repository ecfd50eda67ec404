import { registerPayload } from '../contract/payloads';
import type { RegisterRow, RegisterView } from '../contract/panel';
import { evidenceList } from '../evidence/list';
import { judge } from '../gate/judge';
import type { Ports } from '../ports/ports';
import { readFacts } from './facts';
import { parsed, projectOf, type ResolverCall } from './resolver-call';

const DEFAULT_LIMIT = 100;
const AT_ONCE = 8;

/** `register.read`: the changes of a project that the viewer may see, newest first; says when the list was cut. */
export async function readRegister(ports: Ports, call: ResolverCall): Promise<RegisterView> {
  const { limit = DEFAULT_LIMIT } = parsed(registerPayload, call.payload ?? {});
  const project = projectOf(call);
  const { keys, complete } = await ports.jira.listChanges(project, limit);
  const rows: RegisterRow[] = [];
  for (let i = 0; i < keys.length; i += AT_ONCE) {
    const batch = await Promise.all(keys.slice(i, i + AT_ONCE).map((key) => row(ports, key)));
    rows.push(...batch.filter((one) => one !== undefined));
  }
  return { project, complete: complete && rows.length === keys.length, rows };
}

async function row(ports: Ports, key: string): Promise<RegisterRow | undefined> {
  const facts = await readFacts(ports, key);
  if (facts === undefined) return undefined;
  const { snapshot, entries } = facts;
  const verdict = judge(facts.policy, facts, ports.clock.now());
  const { content } = snapshot;
  return {
    key: snapshot.key,
    summary: content.summary,
    status: snapshot.status,
    changeType: content.changeType,
    owner: content.owner === null ? null : (snapshot.names[content.owner] ?? null),
    open: verdict.open,
    needs: verdict.needs.missing === 0 ? '' : verdict.needs.phrase,
    exceptions: verdict.exceptions.length,
    evidence: evidenceList(entries).length,
    window: { start: content.windowStart, end: content.windowEnd },
    createdAt: snapshot.createdAt,
  };
}
