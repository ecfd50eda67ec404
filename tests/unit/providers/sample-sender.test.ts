/** The sender that CONTRIBUTING shows, run as it is printed: who may send, and what its deliveries state. */
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { transformSync } from '@swc/core';
import { understand } from '../../../src/handlers/intake/understand';
import * as authorization from '../../../src/providers/authorization';
import * as events from '../../../src/providers/events';
import * as naming from '../../../src/providers/github/naming';
import * as statement from '../../../src/providers/github/statement';
import * as jsonBody from '../../../src/providers/json-body';
import * as optional from '../../../src/providers/optional';
import type { Provider } from '../../../src/providers/provider';
import type { IntakeRequest } from '../../../src/providers/request';
import * as zod from '#zod';

const CODE = /```ts\n([^]*?)```/.exec(readFileSync('.github/CONTRIBUTING.md', 'utf8'))?.[1] ?? '';

const MODULES: Readonly<Record<string, unknown>> = {
  '#zod': zod,
  '../authorization': authorization,
  '../events': events,
  '../github/naming': naming,
  '../github/statement': statement,
  '../json-body': jsonBody,
  '../optional': optional,
};

function sampleSender(): Provider {
  const { code } = transformSync(CODE, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'commonjs' },
  });
  const run = runInThisContext(`(function (require, exports) {${code}\n})`) as (
    require: (name: string) => unknown,
    exports: object,
  ) => void;
  const exports: { acme?: Provider } = {};
  run((name) => {
    if (!Object.hasOwn(MODULES, name)) throw new Error(`the example imports ${name}`);
    return MODULES[name];
  }, exports);
  if (exports.acme === undefined) throw new Error('the example exports no sender');
  return exports.acme;
}

const acme = sampleSender();
const SHA = 'a1'.repeat(20);
const sent = (body: unknown, token = 'live'): IntakeRequest => ({
  method: 'POST',
  query: { source: ['acme'] },
  headers: { authorization: [`Bearer ${token}`] },
  body: JSON.stringify(body),
});
const delivery = { event: 'deployed', id: '42', commit: SHA, note: 'for CHG-7', at: '2026-03-02T09:00:00Z' };

it('knows who sent a delivery', () => {
  const secrets = [{ label: 'one', value: 'live' }];
  expect(acme.authenticate(sent(delivery), secrets, new Date(0))).toMatchObject({ authentic: true, secret: 'one' });
  expect(acme.authenticate(sent(delivery, 'guess'), secrets, new Date(0))).toMatchObject({ authentic: false });
});

it('states its deployment, and links the change that the note names and no other', () => {
  expect(understand(acme, sent(delivery))).toMatchObject({
    outcome: 'evidence',
    event: 'deployed',
    deliveryId: '42',
    items: [{ item: { kind: 'deployment', id: '42', commits: [SHA] }, names: [{ key: 'CHG-7', places: ['payload'] }] }],
  });
  expect(understand(acme, sent({ ...delivery, note: 'CHG-70' }))).toMatchObject({
    items: [{ names: [{ key: 'CHG-70' }] }],
  });
});

it.each([
  [{ event: 'queued' }, 'ignored', 'event-not-taken-in'],
  [{ event: 'deployed' }, 'invalid', 'shape'],
  [{ id: '42' }, 'invalid', 'event-missing'],
  [[], 'invalid', 'not-an-object'],
])('answers %j by name', (body, outcome, reason) => {
  expect(understand(acme, sent(body))).toMatchObject({ outcome, reason });
});
