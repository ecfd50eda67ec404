import { OptionsError, readOptions } from './options';

const read = (...args: readonly string[]) => readOptions(args, '/root');

test.each([
  [[], { port: 4343, data: '/root/.site', kind: 'seeded', now: undefined, bundle: 'fast' }],
  [['--port', '80', '--data', '/d', '--empty'], { port: 80, data: '/d', kind: 'empty' }],
  [['--bare', '--bundle', 'forge'], { kind: 'bare', bundle: 'forge' }],
  [['--now', '2026-03-02T09:00:00Z'], { now: new Date('2026-03-02T09:00:00Z') }],
  [['--now=2026-03-02T09:00:00+01:00'], { now: new Date('2026-03-02T08:00:00Z') }],
])('%j', (args, expected) => {
  expect(read(...args)).toMatchObject(expected);
});

test.each([
  [['--port', '0']],
  [['--port', 'x']],
  [['--port', '65536']],
  [['--empty', '--bare']],
  [['--now', 'yesterday']],
  [['--now', '2026-03-02T09:00:00']],
  [['--now', '2026-13-02T09:00:00Z']],
  [['--bundle', 'slow']],
  [['--prot', '1']],
  [['extra']],
])('%j is refused in one line', (args) => {
  expect(() => read(...args)).toThrow(OptionsError);
  expect(() => read(...args)).toThrow(/^[^\n]+$/);
});
