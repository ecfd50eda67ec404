/**
 * A stand-in for Jira's side of a Custom UI frame, for looking at every state of every screen without a site:
 * `?state=voided&mode=dark`. It answers what ./changes and ./lists hold; it decides nothing.
 */
import type { AdoptionView, ChangeView, PackView } from '../../src/contract/panel';
import { ACTS } from './acts';
import { CHANGES } from './changes';
import { MUCH_FROM_JIRA } from './from-jira';
import { fileAnswer } from './files';
import { healthAnswer } from './healths';
import { ADMINS, ORPHANS, REGISTERS } from './lists';
import { MEETING, MEETINGS } from './meetings';
import { DIGEST } from './people';
import { policyAnswer } from './policies';
import { setupAnswer, SETUPS } from './setups';
import { ANALYSIS, buildRule, RULES } from './rules';
import { trustAnswer } from './trust';
import { FOUND_PEOPLE, peopleAnswer } from './who';

const query = new URLSearchParams(location.search);
const state = query.get('state') ?? 'decide';
/** `?refuse=decision.record`: that method refuses; `?lose=…`: no answer comes; `?hang=…`: it never settles. */
/** A method whose answers are lost for as long as a script says so. */
let failing: string | null = null;
const fault = (kind: string, method: string) => query.get(kind) === method || (kind === 'lose' && failing === method);

let view: ChangeView = CHANGES[state] ?? ACTS[state] ?? CHANGES['decide'] ?? missing();
const calls: { readonly method: string; readonly payload: unknown }[] = [];
const listeners: (() => void)[] = [];
let configure: () => unknown = () => undefined;

function missing(): never {
  throw new Error(`no such state: ${state}`);
}

function moduleKey(): string {
  if (state in REGISTERS) return 'change-register';
  if (state in ADMINS || SETUPS.includes(state)) return 'change-control-admin';
  return RULES[state]?.moduleKey ?? 'change-evidence-panel';
}

function nextPack(pack: PackView): PackView {
  const done = Math.min(pack.progress.done + 3, 9);
  if (done < 9) return { ...pack, state: 'assembling', progress: { done, total: 9, step: 'Reading the ledger' } };
  return {
    ...pack,
    state: 'ready',
    progress: { done, total: 9, step: 'Ready' },
    files: 31,
    bytes: 482_113,
    manifestDigest: DIGEST,
    parts: 2,
  };
}

function withPack(pack: PackView): PackView {
  view = { ...view, packs: [pack, ...view.packs.filter(({ id }) => id !== pack.id)] };
  return pack;
}

const dismissed = new Set<unknown>();

function orphansNow(method: string, payload: Readonly<Record<string, unknown>>): unknown {
  const known = ORPHANS[state] ?? { orphans: [], moved: null, projects: ['CHG'] };
  if (method === 'orphan.dismiss') dismissed.add(payload['delivery']);
  if (payload['page'] !== undefined) return { ...known, orphans: known.orphans.slice(0, 2) };
  return { ...known, orphans: known.orphans.filter(({ delivery }) => !dismissed.has(delivery)) };
}

let adoptions: readonly AdoptionView[] = [
  {
    project: 'CHG',
    state: 'done',
    controlBeganAt: '2026-03-01T09:00:00.000Z',
    startedAt: '2026-03-01T09:02:00.000Z',
    by: 'Amira Adler',
    read: 412,
    adopted: 398,
  },
  { project: 'NET', state: 'none', controlBeganAt: null, startedAt: null, by: null, read: 0, adopted: 0 },
];

function startAdoption(project: string): unknown {
  adoptions = adoptions.map((one) =>
    one.project === project
      ? {
          ...one,
          state: 'running',
          controlBeganAt: view.now,
          startedAt: view.now,
          by: 'Amira Adler',
          read: 75,
          adopted: 75,
        }
      : one,
  );
  return adoptions.find((one) => one.project === project);
}

function answer(method: string, payload: Readonly<Record<string, unknown>>): unknown {
  switch (method) {
    case 'change.read':
      return view;
    case 'decision.record': {
      const kept = CHANGES['signed'] ?? view;
      if (payload['decision'] === 'approved') view = { ...kept, packs: view.packs };
      if (payload['decision'] === 'withdrawn') view = { ...(CHANGES['decide'] ?? view), packs: view.packs };
      return { decision: kept.decisions[0], added: true, change: view };
    }
    case 'review.record':
    case 'emergency.override':
    case 'freeze.except':
    case 'template.apply':
    case 'implementation.record':
      return { change: view };
    case 'decision.ask':
      return { told: 3 };
    case 'action.settle': {
      const settled = { outcome: payload['outcome'] as 'done', mayFinish: false, mayWithdraw: false };
      view = {
        ...view,
        actions: view.actions.map((one) => (one.action === payload['action'] ? { ...one, ...settled } : one)),
      };
      return { change: view };
    }
    case 'pack.start':
      return withPack({
        id: 'p9',
        state: 'queued',
        progress: { done: 0, total: 0, step: '' },
        createdAt: view.now,
        by: view.viewer,
        files: null,
        bytes: null,
        manifestDigest: null,
        parts: 0,
        fileName: 'CHG-7_2026-03-04_2.zip',
        failure: null,
        attachment: null,
      });
    case 'pack.read': {
      const pack = view.packs.find(({ id }) => id === payload['pack']);
      return pack === undefined ? missing() : withPack(nextPack(pack));
    }
    case 'pack.download':
      return { part: payload['part'], base64: btoa(`part ${String(payload['part'])}\n`) };
    case 'marking.clear':
      view = {
        ...view,
        markings: view.markings.map((marking) =>
          marking.finding === payload['finding']
            ? { ...marking, cleared: { by: view.viewer.name, at: view.now, reason: String(payload['reason']) } }
            : marking,
        ),
      };
      return view;
    case 'register.read':
      return REGISTERS[state] ?? missing();
    case 'meeting.list':
      return MEETINGS[state] ?? missing();
    case 'meeting.read':
    case 'meeting.save':
      return MEETING;
    case 'meeting.decide': {
      const [asked] = payload['decisions'] as { key: string }[];
      const refusal = { code: 'freeze', status: 409, message: 'The freeze period "Year end" lasts until 2 January.' };
      const key = asked?.key;
      return { rows: [key === 'CHG-9' ? { key, outcome: 'refused', refusal } : { key, outcome: 'recorded' }] };
    }
    case 'overlap.accept':
    case 'condition.settle':
    case 'delegation.record':
    case 'delegation.revoke':
      return { change: view };
    case 'orphan.read':
    case 'orphan.dismiss':
      return orphansNow(method, payload);
    case 'orphan.open':
      dismissed.add(payload['delivery']);
      return { change: { issueId: '10099', key: 'CHG-99' }, opened: true };
    case 'adopt.read':
      return { projects: adoptions };
    case 'adopt.start':
      return startAdoption(String(payload['project']));
    case 'breakglass.declare':
      view = { ...view, verdict: { ...view.verdict, exceptions: view.verdict.exceptions.slice(1) } };
      return { change: view };
    case 'admin.read':
      return ADMINS[state] ?? ADMINS['admin'] ?? missing();
    case 'people.read':
    case 'people.save':
      return peopleAnswer(state, method, payload);
    case 'development.read':
      view = { ...view, fromJira: MUCH_FROM_JIRA };
      return view;
    case 'author.resolve':
      view = { ...view, authors: view.authors.slice(1) };
      return { change: view };
    case 'policy.read':
    case 'policy.preview':
    case 'policy.site':
    case 'policy.groups':
    case 'policy.save':
    case 'secrets.read':
    case 'secrets.add':
    case 'secrets.retire':
      return policyAnswer(state, method, payload);
    case 'file.list':
    case 'file.read':
    case 'file.begin':
    case 'file.piece':
    case 'file.finish':
      return fileAnswer(state, method, payload);
    case 'trust.read':
    case 'trust.inspect':
    case 'trust.register':
    case 'trust.revoke':
      return trustAnswer(state, method, payload);
    case 'health.read':
    case 'health.check':
      return healthAnswer(state, method);
    case 'setup.read':
    case 'setup.site':
    case 'setup.find':
    case 'setup.keep':
    case 'setup.plan':
    case 'setup.apply':
      return setupAnswer(state, method, payload);
    case 'rule.read':
      return RULES[state]?.view ?? missing();
    case 'rule.build':
      return buildRule(payload, RULES[state]?.view ?? missing());
    default:
      return missing();
  }
}

/** The address of the app's page, in the fragment here. */
function pageHistory(): unknown {
  const here = () => ({ pathname: location.hash.slice(1) || '/' });
  return {
    location: here(),
    push: (path: string) => (location.hash = path),
    listen: (heard: (at: { pathname: string }) => void) => addEventListener('hashchange', () => heard(here())),
  };
}

const peopleFound = () => ({ ...ANALYSIS, body: JSON.stringify(FOUND_PEOPLE) });

async function invoke({
  functionKey,
  payload = {},
}: {
  functionKey: string;
  payload?: Record<string, unknown>;
}): Promise<unknown> {
  calls.push({ method: functionKey, payload });
  if (fault('hang', functionKey)) return new Promise(() => undefined);
  if (fault('lose', functionKey)) throw new Error('the function timed out');
  if (fault('refuse', functionKey)) {
    return {
      refused: {
        code: 'wrong-state',
        status: 409,
        message: 'The change was moved to Executed meanwhile, so it takes no decision any more.',
      },
    };
  }
  return Promise.resolve({ result: answer(functionKey, payload) });
}

function callBridge(command: string, payload: unknown): Promise<unknown> {
  switch (command) {
    case 'invoke':
      return invoke(payload as Parameters<typeof invoke>[0]);
    case 'getContext':
      return Promise.resolve({
        accountId: view.viewer.accountId,
        moduleKey: moduleKey(),
        locale: query.get('locale') ?? 'en-GB',
        timezone: query.get('zone') ?? 'America/New_York',
        theme: { colorMode: query.get('mode') ?? 'light' },
        extension: RULES[state]?.extension ?? {},
      });
    case 'createHistory':
      return Promise.resolve(pageHistory());
    case 'fetchProduct':
      return Promise.resolve(JSON.stringify(payload).includes('user/search') ? peopleFound() : ANALYSIS);
    case 'setWorkflowRuleConfigurationCallback':
      configure = (payload as { data: { onConfigure: () => unknown } }).data.onConfigure;
      return Promise.resolve(true);
    case 'on':
      listeners.push((payload as { callback: () => void }).callback);
      return Promise.resolve({ unsubscribe: () => undefined });
    default:
      calls.push({ method: command, payload });
      return Promise.resolve(true);
  }
}

Object.assign(globalThis, {
  __bridge: { callBridge },
  /** For scripts that look at the screens. */
  fakeBridge: {
    fail: (method: string | null) => (failing = method),
    calls,
    configure: () => configure(),
    change: () => listeners.forEach((tell) => tell()),
  },
});
