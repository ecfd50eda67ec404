/** One way each to break a rule of the platform. What a real app must not do, and what the platform must survive. */
import { asUser, route } from '@forge/api';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { lookup } from 'node:dns';
import { get } from 'node:http';
import { createConnection } from 'node:net';

const WAYS: Readonly<Record<string, () => unknown>> = {
  fetch: () => fetch('https://example.com/'),
  http: () =>
    new Promise((resolve, reject) => {
      get('http://127.0.0.1:9/', resolve).on('error', reject);
    }),
  socket: () => createConnection(9, '127.0.0.1'),
  dns: () => {
    lookup('example.com', () => undefined);
  },
  file: () => readFileSync('/etc/hostname', 'utf8'),
  child: () => execFileSync('true').toString(),
  throw: () => {
    throw new Error('thrown on purpose');
  },
  exit: () => process.exit(3),
  print: () => {
    process.stdout.write('{not json\n');
    process.stdout.write('\u0000\n');
    return 'printed';
  },
  'late-throw': () => {
    setTimeout(() => {
      throw new Error('thrown late');
    }, 10);
    return new Promise(() => undefined);
  },
  long: () => new Promise((resolve) => setTimeout(resolve, 2_000)),
  never: () => new Promise(() => undefined),
  loop: () => {
    for (;;);
  },
  memory: () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(1_000_000).fill(1.5));
  },
  cycle: () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    return circle;
  },
  channel: () => typeof process.send,
  'as-user': () => asUser().requestJira(route`/rest/api/3/myself`),
};

export function misbehave(how: string): unknown {
  const way = WAYS[how];
  if (way === undefined) throw new Error(`There is no way to misbehave called ${how}.`);
  return way();
}
