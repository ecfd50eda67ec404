import { integer, type Statements } from '../database';

/** The first id of each kind, as a Jira Cloud site gives them; custom fields of the change request start at 10100. */
const FIRST = {
  project: 10000,
  'issue-type': 10001,
  status: 10000,
  field: 10100,
  context: 20000,
  option: 10020,
  screen: 10000,
  tab: 11000,
  'screen-scheme': 10000,
  'type-screen-scheme': 10000,
  'type-scheme': 10000,
  role: 10002,
  'role-actor': 10240,
  issue: 10000,
  history: 10000,
  comment: 10000,
  attachment: 10000,
  link: 10000,
  'link-type': 10000,
  'remote-link': 10000,
} as const;

export type SequenceName = keyof typeof FIRST;

/** Ids that only grow and are never given twice, also across restarts and deletions. */
export class Sequence {
  constructor(private readonly sql: Statements) {}

  next(name: SequenceName): string {
    const row = this.sql.one(
      'INSERT INTO jira_sequence (name, next) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET next = next + 1 RETURNING next',
      name,
      FIRST[name],
    );
    if (row === undefined) throw new Error(`No id for a new ${name}`);
    return String(integer(row, 'next'));
  }
}
