import { clean, statement } from '../providers/github/statement';
import type { Finding } from './findings';
import { MAX_STATEMENTS } from './limits';
import type { Read, Statement } from './reader';

type Said = Omit<Parameters<typeof statement>[1], 'commits' | 'people'> &
  Partial<Pick<Parameters<typeof statement>[1], 'commits' | 'people'>> & {
    readonly repository?: string | null | undefined;
    readonly touches?: readonly (string | null | undefined)[];
    readonly effect?: Statement['effect'];
  };

const MAX_TOUCHES = 200;

/** One fact of a file, its texts bounded and valid Unicode; what a file does not say is left out. */
export function stated({
  repository,
  touches = [],
  effect = 'read',
  commits = [],
  people = [],
  ...said
}: Said): Statement {
  const named = touches.filter((name): name is string => typeof name === 'string' && name !== '');
  return {
    ...statement({ repository: repository ?? null, action: null, sender: null }, { ...said, commits, people }),
    touches: [...new Set(named.map((name) => clean(name, 500)))].slice(0, MAX_TOUCHES),
    effect,
  };
}

/** A file that was read. More facts than fit are counted in a finding, and the file is not called complete. */
export function readAs(
  read: Pick<Extract<Read, { outcome: 'read' }>, 'format' | 'kind' | 'title' | 'statements' | 'attributes'> & {
    readonly findings?: readonly Finding[];
    readonly complete?: boolean;
  },
): Read {
  const { statements, findings = [], complete = true } = read;
  const over = statements.length - MAX_STATEMENTS;
  const sentence = `${over} of ${statements.length} facts of the file were not taken; hand it in in parts.`;
  return {
    outcome: 'read',
    ...read,
    title: clean(read.title, 300),
    statements: statements.slice(0, MAX_STATEMENTS),
    findings: over > 0 ? [...findings, { code: 'not-read-whole', sentence }] : findings,
    complete: complete && over <= 0,
  };
}

export const NOT_THIS: Read = { outcome: 'not-this' };

/** `1 test`, `2 tests`; an irregular plural is given. */
export const counted = (count: number, noun: string, many = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : many}`;
