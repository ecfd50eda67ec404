import type { ResolverMethod } from '../../../src/handlers/resolver-call';
import { addSecret, readSecrets, retireSecret, SENDERS } from '../../../src/handlers/secrets';
import type { LiveSecret, Ports } from '../../../src/ports/ports';
import { NAMES } from '../../../src/providers/names';
import { providerOf } from '../../../src/providers/sources';
import { refusalOf } from './policy/site';
import { TestSite } from '../intake/site';
import type { SecretAdded, SecretsView } from '../../../src/contract/policy';

class SecretSite extends TestSite {
  admin = true;
  readonly kept = new Map<string, readonly LiveSecret[]>([['github', [{ label: 'initial', value: 'from before' }]]]);
  /** Called between reading and writing, as another administrator. */
  meanwhile: (() => void) | undefined;

  readonly app: Ports = {
    ...this.ports,
    secrets: {
      live: (source) => Promise.resolve(this.kept.get(source) ?? []),
      replace: (source, secrets) => {
        this.kept.set(source, secrets);
        this.meanwhile?.();
        this.meanwhile = undefined;
        return Promise.resolve();
      },
    },
    jira: { ...this.ports.jira, mayAdminister: () => Promise.resolve(this.admin) },
  };

  call(method: ResolverMethod, payload: unknown = {}): Promise<unknown> {
    return method(this.app, {
      payload,
      accountId: 'adam',
      issueKey: undefined,
      projectKey: undefined,
      site: 'example.atlassian.net',
    });
  }

  labels(source = 'github'): string[] {
    return (this.kept.get(source) ?? []).map(({ label }) => label);
  }
}

let site: SecretSite;
beforeEach(() => void (site = new SecretSite()));

const add = (label: string, source = 'github') => site.call(addSecret, { source, label }) as Promise<SecretAdded>;
const retire = (label: string, source = 'github') => site.call(retireSecret, { source, label }) as Promise<SecretsView>;

describe('secrets of senders', () => {
  it('every sender that an address of the intake may name is there, and the deploy gate', () => {
    expect(SENDERS.map(({ source }) => source)).toEqual([...Object.keys(NAMES), 'gate']);
    expect(Object.keys(NAMES).map((source) => providerOf(source)?.source)).toEqual(Object.keys(NAMES));
  });

  it('are shown by label and age, never by value', async () => {
    const added = await add('2026-03');
    const view = (await site.call(readSecrets)) as SecretsView;
    expect(view.senders.find(({ source }) => source === 'github')?.live).toEqual([
      { label: '2026-03', addedAt: '2026-03-02T09:00:00.000Z' },
      { label: 'initial', addedAt: null },
    ]);
    expect(JSON.stringify(view)).not.toContain('from before');
    expect(JSON.stringify(view)).not.toContain(added.value);
  });

  it('a new one of GitLab has the form that its signing token takes', async () => {
    const { value } = await add('2026-03', 'gitlab');
    expect(value).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });

  it('a new one is told once, is live beside those before it and is in no log', async () => {
    const { value, secrets } = await add('2026-03');
    expect(value).toMatch(/^[0-9a-f]{64}$/);
    expect(site.kept.get('github')).toEqual([
      { label: '2026-03', value, addedAt: '2026-03-02T09:00:00.000Z' },
      { label: 'initial', value: 'from before' },
    ]);
    expect(JSON.stringify(secrets)).not.toContain(value);
    expect(site.logged.join()).toContain('2026-03');
    expect(site.logged.join()).not.toContain(value);
    expect(site.store.dump()).toEqual([]);
  });

  it('a rotation: added, the old one retired, the new one stays', async () => {
    await add('2026-03');
    await retire('initial');
    expect(site.labels()).toEqual(['2026-03']);
  });

  it('of two administrators at once neither loses a secret', async () => {
    site.meanwhile = () => site.kept.set('github', [{ label: 'theirs', value: 'x' }]);
    await add('mine');
    expect(site.labels()).toEqual(['mine', 'theirs']);
  });

  it('the last one may be retired', async () => {
    const view = await retire('initial');
    expect(view.senders.find(({ source }) => source === 'github')?.live).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>, number, string]>([
    ['a label that is taken', () => add('initial'), 409, 'label-taken'],
    ['a label with markup', () => add('<b>'), 400, 'invalid'],
    ['no label', () => add(' '), 400, 'invalid'],
    ['no such sender', () => add('2026', 'gitea'), 404, 'unknown-sender'],
    ['no such secret', () => retire('nothing'), 404, 'unknown-secret'],
  ])('%s is refused and nothing is written', async (_, work, status, code) => {
    expect(await refusalOf(work())).toMatchObject({ status, code });
    expect(site.labels()).toEqual(['initial']);
  });

  it('at most five are live', async () => {
    for (const label of ['2', '3', '4', '5']) await add(label);
    expect(await refusalOf(add('6'))).toMatchObject({ status: 409, code: 'too-many' });
  });

  it.each<[string, ResolverMethod]>([
    ['reads', readSecrets],
    ['adds', addSecret],
    ['retires', retireSecret],
  ])('somebody who does not administer Jira %s none', async (_, method) => {
    site.admin = false;
    expect(await refusalOf(site.call(method, { source: 'github', label: 'initial' }))).toMatchObject({ status: 403 });
    expect(site.labels()).toEqual(['initial']);
  });
});
