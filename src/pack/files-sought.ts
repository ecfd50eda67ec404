import { isWhole } from '../evidence/fact';
import type { CompletenessFacts, Sought } from './completeness';
import { count } from './text';

/** Every file that came whole: read, all of it, and what it states is here. Nothing where none came. */
export function filesSought({ entries, handedIn: { rows } }: CompletenessFacts): Sought[] {
  const read = new Set(rows.map(({ digest }) => `sha256:${digest}`));
  const came = entries.flatMap(({ entry }) =>
    entry.kind === 'evidence' && isWhole(entry.body) ? [entry.body.id] : [],
  );
  const unread = [...new Set(came)].filter((id) => !read.has(id));
  if (rows.length === 0 && unread.length === 0) return [];
  const missing = [
    ...unread.map((id) => ({ what: `the content of ${id}`, because: 'it was not read when the pack was made' })),
    ...rows.flatMap(({ entry, refusal, complete, statementsMissing, outcome }) => [
      ...(refusal === null ? [] : [{ what: `the content of the file of entry ${entry}`, because: refusal.sentence }]),
      ...(statementsMissing === null
        ? []
        : [{ what: `what the file of entry ${entry} states`, because: statementsMissing }]),
      ...(outcome === 'read' && !complete
        ? [{ what: `a part of the file of entry ${entry}`, because: 'it was not read whole; its findings say why' }]
        : []),
    ]),
  ];
  const statements = rows.reduce((sum, row) => sum + row.statements, 0);
  return [
    {
      sought: 'Files that were handed in, each read whole',
      found: rows.filter(({ outcome }) => outcome === 'read').length,
      complete: missing.length === 0,
      detail: `${count(rows.length, 'file')}, ${count(statements, 'fact')} stated in them`,
      missing,
    },
  ];
}
