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

/**
 * Files of which a sender handed in the digest alone, because they are too large or nobody needs them here: the digest
 * identifies the bytes, and how large they are and where is to be said with it. Nothing where there is none.
 */
export function filesElsewhere({ entries }: CompletenessFacts): Sought[] {
  const whole = new Set<string>();
  const named = new Map<string, { readonly size: string | undefined; readonly url: string | null }>();
  for (const { entry } of entries) {
    if (entry.kind !== 'evidence') continue;
    const { evidence, id, attributes, url } = entry.body;
    if (isWhole(entry.body)) whole.add(id);
    else if (evidence === 'artifact' && id.startsWith('sha256:')) named.set(id, { size: attributes['size'], url });
  }
  const elsewhere = [...named].filter(([id]) => !whole.has(id));
  if (elsewhere.length === 0) return [];
  const missing = elsewhere.flatMap(([id, { size, url }]) => {
    const lacks = [...(size === undefined ? ['how large it is'] : []), ...(url === null ? ['where it is'] : [])];
    return lacks.length === 0 ? [] : [{ what: `of ${id}, ${lacks.join(' and ')}`, because: 'its sender did not say' }];
  });
  return [
    {
      sought: 'Artifacts named by their digest alone: how large each is, and where',
      found: elsewhere.length - missing.length,
      complete: missing.length === 0,
      detail: `${count(elsewhere.length, 'artifact')} whose bytes are not in this pack`,
      missing,
    },
  ];
}
