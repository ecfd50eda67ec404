import type { AuditRecord } from '../audit-store';
import { jiraInstant } from '../instants';
import { Refusal } from '../refusal';
import { ok, type RestAnswer, type RestCall, type Route } from '../router';
import type { JiraStore } from '../store';
import { requireAdministrator } from './access';
import { count } from './paging';

/** The audit log, newest first. */
export function auditingRoutes(store: JiraStore): readonly Route[] {
  return [{ method: 'GET', path: '/rest/api/3/auditing/record', handle: (call) => records(store, call) }];
}

const MOST = 1000;

function records(store: JiraStore, call: RestCall): RestAnswer {
  requireAdministrator(store, call.actor);
  const offset = count(call.query, 'offset', 0);
  const limit = Math.min(count(call.query, 'limit', MOST), MOST);
  const words = (call.query.get('filter') ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [from, to] = [instant(call, 'from'), instant(call, 'to')];
  const found = store.audit.all().filter((record) => {
    const when = Date.parse(record.created);
    const said = [record.summary, record.category, record.object.name, record.object.type, ...record.changes.flat()];
    const all = said.join('\n').toLowerCase();
    return (from ?? when) <= when && when <= (to ?? when) && words.every((word) => all.includes(word));
  });
  const shown = found.slice(offset, offset + limit).map(recordJson);
  return ok({ offset, limit, total: found.length, records: shown });
}

function instant(call: RestCall, name: 'from' | 'to'): number | undefined {
  const given = call.query.get(name);
  if (given === null) return undefined;
  const read = Date.parse(given);
  if (Number.isNaN(read)) throw new Refusal(400, `'${name}' is not a date.`);
  return read;
}

const recordJson = ({ id, author, created, summary, category, object, changes }: AuditRecord) => ({
  id,
  summary,
  remoteAddress: '127.0.0.1',
  authorKey: author,
  created: jiraInstant(created),
  category,
  eventSource: '',
  objectItem: { id: object.id, name: object.name, typeName: object.type },
  changedValues: changes.map(([fieldName, changedFrom, changedTo]) => ({ fieldName, changedFrom, changedTo })),
});
