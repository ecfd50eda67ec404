import fc from 'fast-check';
import { barDeciders } from '../../../../src/handlers/authors/bar';
import { matchAuthors } from '../../../../src/handlers/authors/match';
import { withLedger, type Facts } from '../../../../src/handlers/facts';
import { noteUnmatched, readUnmatched } from '../../../../src/handlers/people/unmatched';
import { judge } from '../../../../src/gate/judge';
import type { FoundAccount } from '../../../../src/gate/deployer';
import { appendEntries, readLedger, type Draft } from '../../../../src/ledger/append';
import type { Ports } from '../../../../src/ports/ports';
import { DEFAULT_POLICY } from '../../../../src/policy/policy';
import { id, NOW, person, Scene } from '../../gate/scene';
import { TestSite } from '../../intake/site';

const DANA = { displayName: 'Dana', email: 'Reviewer+git@example.test', login: 'dana' };

/** A change whose facts come from a scene and whose ledger lies in storage. */
class AuthorSite extends TestSite {
  searched: string[] = [];
  accounts: readonly FoundAccount[] = ['reviewer', 'authority'].map((name) => ({
    accountId: id(name),
    displayName: person(name).displayName,
    email: `${name}@example.test`,
    accountType: 'atlassian',
    active: true,
  }));
  readonly app: Ports = {
    ...this.ports,
    jira: {
      ...this.ports.jira,
      searchAccounts: (text) => {
        this.searched.push(text);
        return Promise.resolve(this.accounts);
      },
    },
  };
  private readonly scene = new Scene();

  /** Writes what the scene has as entries of the chain. */
  async add(step: (scene: Scene) => Scene): Promise<void> {
    const own = step(new Scene());
    const drafts = own.entries.map(({ entry, disclosures }): Draft => {
      const { chain, kind, body } = entry;
      const fact =
        kind === 'decision' ? `decision:${entry.body.basis}` : `evidence:${JSON.stringify(body).slice(0, 60)}`;
      return { chain, kind, fact, body, disclosures } as Draft;
    });
    await appendEntries({ store: this.store, now: this.clock.now() }, '10007', drafts);
  }

  facts(): Promise<Facts> {
    return withLedger(this.app, this.scene.facts().snapshot);
  }

  /** What every job about the change does of it. */
  async refresh(): Promise<void> {
    await barDeciders(this.app, await matchAuthors(this.app, await this.facts()));
  }

  async kinds(): Promise<string[]> {
    return (await readLedger(this.store, '10007')).map(({ entry }) => entry.kind);
  }

  async open(): Promise<boolean> {
    return judge(DEFAULT_POLICY, await this.facts(), NOW).open;
  }
}

const commit = (scene: Scene) => scene.evidence('commit', 'a'.repeat(40), { people: [['author', DANA]] });
const approve = (name: string) => (scene: Scene) => scene.decide(name, 'approved', { basis: name });

let site: AuthorSite;
beforeEach(() => void (site = new AuthorSite()));

it('a commit with a decider’s address that comes after the approval closes the gate by an entry, once', async () => {
  await site.add(approve('reviewer'));
  await site.add(approve('authority'));
  expect(await site.open()).toBe(true);
  await site.add(commit);
  expect(await site.open()).toBe(true);
  await site.refresh();
  await site.refresh();
  expect(await site.kinds()).toEqual(['decision', 'decision', 'evidence', 'author-matched', 'decision-barred']);
  const { entries } = await site.facts();
  expect(entries.at(-1)?.entry.body).toMatchObject({ decision: 0, evidence: 2, role: 'author', matchedBy: 'e-mail' });
  expect(entries.at(-2)?.entry.body).toMatchObject({ evidence: 2, index: 0, address: 'without-tag' });
  expect(await site.open()).toBe(false);
});

it('evidence that shows the one whose say it was as an author bars what a delegate decided for them, by an entry, once', async () => {
  await site.add((scene) => scene.delegate('reviewer', 'outsider', 'security-reviewer'));
  await site.add((scene) => scene.decideFor('reviewer', 'outsider', 'security-reviewer', 'approved'));
  await site.add(approve('authority'));
  expect(await site.open()).toBe(true);
  await site.add(commit);
  expect(await site.open()).toBe(true);
  await site.refresh();
  await site.refresh();
  expect((await site.kinds()).filter((kind) => kind === 'decision-barred')).toHaveLength(1);
  const facts = await site.facts();
  expect(facts.entries.at(-1)?.entry.body).toMatchObject({ decision: 1, evidence: 3, role: 'author' });
  const { open, reasons } = judge(DEFAULT_POLICY, facts, NOW);
  expect(open).toBe(false);
  expect(reasons.find(({ code }) => code === 'decider-barred')?.sentence).toMatch(
    /^.*Reviewer took part in the change: authored commit/,
  );
});

it('an approval that is recorded after the match, by whoever was slower, is barred too', async () => {
  await site.add(commit);
  await site.refresh();
  await site.add(approve('reviewer'));
  await site.refresh();
  expect(await site.kinds()).toEqual(['evidence', 'author-matched', 'decision', 'decision-barred']);
});

it('in whatever order things come and however often they are refreshed, it ends with the same', async () => {
  const steps = [approve('reviewer'), approve('authority'), commit];
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(order, async (turns) => {
      const own = new AuthorSite();
      for (const turn of turns) {
        const step = steps[turn];
        await (step === undefined ? own.refresh() : own.add(step));
      }
      await own.refresh();
      expect((await own.kinds()).sort()).toEqual(
        ['author-matched', 'decision', 'decision', 'decision-barred', 'evidence'].sort(),
      );
      expect(await own.open()).toBe(false);
    }),
    { numRuns: 40 },
  );
});

it('two at once, and a fault at any storage call, add nothing twice', async () => {
  for (let n = 1; n < 40; n += 1) {
    const own = new AuthorSite();
    for (const step of [approve('reviewer'), commit]) await own.add(step);
    const from = own.store.calls.length;
    own.store.faultAt = (call) => (call.n === from + n ? (n % 2 === 0 ? 'before' : 'after') : undefined);
    await Promise.allSettled([own.refresh(), own.refresh()]);
    own.store.faultAt = () => undefined;
    await own.refresh();
    expect((await own.kinds()).filter((kind) => kind !== 'evidence' && kind !== 'decision').sort()).toEqual([
      'author-matched',
      'decision-barred',
    ]);
  }
});

it('Jira is asked about an address at most once an hour, and not about one that GitHub made up', async () => {
  await site.add(commit);
  await site.add((scene) =>
    scene.evidence('commit', 'b'.repeat(40), { people: [['author', { email: '1+x@users.noreply.github.com' }]] }),
  );
  await site.refresh();
  await site.refresh();
  expect(site.searched).toEqual(['reviewer+git@example.test', 'reviewer@example.test']);
  site.clock.at = new Date(site.clock.at.getTime() + 3_600_000);
  await site.refresh();
  expect(site.searched).toHaveLength(4);
});

it('an account with another address, or a hidden one, is not taken for the author', async () => {
  site.accounts = site.accounts.map((one) => ({ ...one, email: one.email === null ? null : `x${one.email}` }));
  await site.add(commit);
  await site.refresh();
  site.accounts = site.accounts.map((one) => ({ ...one, email: null }));
  site.clock.at = new Date(site.clock.at.getTime() + 3_600_000);
  await site.refresh();
  expect(await site.kinds()).toEqual(['evidence']);
});

it('what nobody knows is noted for the admin, and the note goes once it is known', async () => {
  await site.add(commit);
  await site.refresh();
  await noteUnmatched(site.app, await site.facts());
  expect((await readUnmatched(site.app, undefined)).authors).toMatchObject([
    { name: 'Dana', accounts: [id('reviewer')] },
  ]);
  const facts = await site.facts();
  await noteUnmatched(site.app, {
    ...facts,
    people: {
      version: 'people-1',
      people: [
        {
          id: 'd',
          name: 'Dana',
          accounts: ['x'],
          identities: [{ kind: 'login', source: 'github', login: 'dana' }],
          organisation: null,
        },
      ],
    },
  });
  expect(site.keys('unmatched:')).toEqual([]);
});
