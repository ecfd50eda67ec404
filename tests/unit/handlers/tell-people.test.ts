/** People are told once, whatever comes twice or is lost; asking for a decision has its turns. */
import { tellPeople } from '../../../src/handlers/tell-people';
import { askForDecision, ASK_AGAIN_MS } from '../../../src/handlers/ask-for-decision';
import type { Facts } from '../../../src/handlers/facts';
import { noticeKey } from '../../../src/ledger/keys';
import { EMPTY_PEOPLE } from '../../../src/policy/people';
import { DEFAULT_POLICY } from '../../../src/policy/policy';
import { Unavailable, type Ports } from '../../../src/ports/ports';
import type { Notice } from '../../../src/ports/notices';
import { id, PEOPLE, Scene } from '../gate/scene';
import { TestSite } from '../intake/site';

class NoticeSite extends TestSite {
  readonly sent: Notice[] = [];
  outcome: 'sent' | 'refused' | 'unknown' = 'sent';
  scene = new Scene();
  readonly app: Ports = {
    ...this.ports,
    notices: {
      send: (notice) => {
        this.sent.push(notice);
        return this.outcome === 'unknown'
          ? Promise.reject(new Unavailable('jira', 'no answer'))
          : Promise.resolve(this.outcome);
      },
    },
    jira: {
      ...this.ports.jira,
      mayBrowse: () => Promise.resolve(true),
      mayEdit: () => Promise.resolve(true),
      readChange: () => Promise.resolve(this.scene.facts().snapshot),
      readDecider: (accountId) => Promise.resolve(Object.values(PEOPLE).find((one) => one.accountId === accountId)),
      readGroup: (group) => Promise.resolve(Object.values(PEOPLE).filter(({ groups }) => groups.includes(group))),
    },
  };

  facts(): Facts {
    return {
      ...this.scene.facts(),
      breaks: [],
      surroundings: { overdueReviews: [], others: [] },
      policy: DEFAULT_POLICY,
      policies: {},
      people: EMPTY_PEOPLE,
    };
  }

  readonly tell = () =>
    tellPeople(this.app, this.facts(), { 'security-reviewer': [], 'change-authority': [], 'emergency-authority': [] });

  readonly ask = (who = 'owner') =>
    askForDecision(this.app, {
      payload: {},
      accountId: id(who),
      issueKey: 'CHG-7',
      projectKey: undefined,
      site: 'example.atlassian.net',
    });

  later(ms: number): void {
    this.clock.at = new Date(this.clock.at.getTime() + ms);
  }
}

const voided = (): NoticeSite => {
  const site = new NoticeSite();
  site.scene.decide('reviewer', 'approved').decide('authority', 'approved').edit('owner', { scope: 'Two rules.' });
  site.later(600_000);
  return site;
};

test('twice and at once, one message', async () => {
  const site = voided();
  await Promise.all([site.tell(), site.tell()]);
  await site.tell();
  expect(site.sent.map(({ to }) => [...to].sort())).toEqual([[id('authority'), id('owner'), id('reviewer')]]);
});

test('a crash between marker and message loses that message, and nothing else', async () => {
  const site = voided();
  await site.store.create(noticeKey('10007', 'voided.0'), { at: '' });
  await site.store.create(noticeKey('10007', 'voided.1'), { at: '' });
  await site.tell();
  expect(site.sent).toEqual([]);
  site.scene.decide('reviewer', 'withdrawn');
  await site.tell();
  expect(site.sent).toHaveLength(1);
});

test.each(['refused', 'unknown'] as const)('when Jira answers %s nothing is sent again', async (outcome) => {
  const site = voided();
  site.outcome = outcome;
  await site.tell();
  await site.tell();
  expect(site.sent).toHaveLength(1);
});

test('apps and those who left are told nothing', async () => {
  const site = new NoticeSite();
  site.scene
    .with({ owner: id('bot') })
    .decide('reviewer', 'approved')
    .edit('requester', { scope: 'Two rules.' });
  await site.tell();
  expect(site.sent.map(({ to }) => to)).toEqual([[id('reviewer')]]);
});

test('asking tells those who can decide, once in four hours whoever asks', async () => {
  const site = new NoticeSite();
  expect(await site.ask()).toEqual({ told: 6 });
  const again = { refusal: { code: 'asked-already' } };
  await expect(site.ask('requester')).rejects.toMatchObject(again);
  site.later(ASK_AGAIN_MS - 1);
  await expect(site.ask()).rejects.toMatchObject(again);
  site.later(1);
  const both = await Promise.allSettled([site.ask(), site.ask('requester')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(site.sent).toHaveLength(2);
});

test.each([
  ['a reviewer', 'reviewer', (scene: Scene) => scene, 'not-involved'],
  ['the owner of an incomplete change', 'owner', (scene: Scene) => scene.with({ scope: '' }), 'nobody-to-ask'],
])('%s may not ask', async (_, who, story, code) => {
  const site = new NoticeSite();
  site.scene = story(site.scene);
  await expect(site.ask(who)).rejects.toMatchObject({ refusal: { code } });
  expect(site.sent).toEqual([]);
});

test('a message that Jira refused does not use up the turn', async () => {
  const site = new NoticeSite();
  site.outcome = 'refused';
  await expect(site.ask()).rejects.toMatchObject({ refusal: { code: 'not-sent' } });
  site.outcome = 'sent';
  expect(await site.ask()).toEqual({ told: 6 });
});
