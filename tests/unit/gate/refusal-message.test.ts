import fc from 'fast-check';
import { inadequateFields } from '../../../src/change/adequacy';
import { refusalMessage } from '../../../src/gate/refusal-message';
import { validateChange } from '../../../src/handlers/validate-change';
import type { ChangeContent } from '../../../src/change/snapshot';
import { snapshotOf, TestSite } from '../intake/site';

const EMPTY = snapshotOf({ id: '10007', key: 'CHG-7', project: 'CHG', issueType: 'Change request' });
const CONTENT: ChangeContent = { ...EMPTY.content, changeType: null };

/** What the function validator says of CHG-7 with this content. */
async function refusedBecause(step: string, disposition?: { decisionBasis: string; requiredActions: string }) {
  const site = new TestSite();
  const snapshot = { ...EMPTY, content: CONTENT, ...(disposition === undefined ? {} : { disposition }) };
  const jira = {
    ...site.ports.jira,
    readChangeOnScreen: () => Promise.resolve({ stored: snapshot, screen: { snapshot, edited: [], handedIn: [] } }),
  };
  const payload = { issue: { key: 'CHG-7' }, configuration: { step }, transition: {} };
  return (await validateChange({ ...site.ports, jira }, payload)).errorMessage ?? '';
}

/** Jira's dialog shows one line of text. */
const expectReadable = (message: string): void => {
  expect(message).not.toMatch(/[\r\n\t\u2028]/);
  expect(message.length).toBeLessThan(1000);
};

describe('why a transition is refused', () => {
  it('names every missing field, numbered, on one line, whatever the other validators said', async () => {
    const message = await refusedBecause('approve');
    expectReadable(message);
    for (const { name } of inadequateFields(CONTENT)) expect(message).toContain(`. ${name} is empty`);
    expect(message).toMatch(/^1\. .* 11\. /);
    expect(message).not.toContain('more');
  });

  it('counts what has no room, and every problem is shown or counted', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `Action ${i} ${'of many words '.repeat(30)}`);
    const message = await refusedBecause('disapprove', { decisionBasis: '', requiredActions: lines.join('\n') });
    expectReadable(message);
    const shown = message.match(/names no owner/g) ?? [];
    expect(shown.length).toBeGreaterThan(2);
    // The basis is a problem as well, and the first.
    expect(message).toMatch(/^1\. Decision basis is empty/);
    expect(message.endsWith(`And ${40 - shown.length} more, named when these are put right.`)).toBe(true);
  });

  it('is one sentence as it is when there is one problem, and says none twice', () => {
    expect(refusalMessage(['Scope is empty.'])).toBe('Scope is empty.');
    expect(refusalMessage(['Scope is empty.', 'Scope is empty.'])).toBe('Scope is empty.');
    expect(refusalMessage(['A\nB.', 'C.'])).toBe('1. A B. 2. C.');
    expect(() => encodeURIComponent(refusalMessage(['🔒'.repeat(600)]))).not.toThrow();
    expectReadable(refusalMessage(['🔒'.repeat(600)]));
  });

  it('is readable whatever the problems are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 2000 }), { minLength: 1 }), (problems) => {
        const message = refusalMessage(problems);
        expectReadable(message);
        const distinct = new Set(problems).size;
        const counted = Number(/And (\d+) more, named/.exec(message)?.[1] ?? 0);
        if (distinct > 1) expect(message).toContain(`${distinct - counted}. `);
      }),
    );
  });
});
