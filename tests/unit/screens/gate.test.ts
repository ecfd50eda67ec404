import type { GateVerdict } from '../../../src/gate/deploy';
import { verdictTone, verdictWords } from '../../../static/src/wording/gate';

const WORDS: Readonly<Record<GateVerdict, string>> = {
  allowed: 'Allowed',
  pending: 'Pending',
  'blocked-not-approved': 'Blocked: not approved',
  'blocked-voided': 'Blocked: edited after approval',
  'blocked-incomplete': 'Blocked: something is missing',
  'blocked-freeze': 'Blocked: freeze period',
  'blocked-window': 'Blocked: outside the window',
  'blocked-commit': 'Blocked: not what was approved',
  'blocked-actor': 'Blocked: not by this person',
};

it.each(Object.entries(WORDS))('%s is told as %s, and only allowed is coloured as a yes', (verdict, words) => {
  expect(verdictWords(verdict)).toBe(words);
  expect(verdictTone(verdict) === 'good').toBe(verdict === 'allowed');
});
