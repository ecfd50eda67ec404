import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { corpusFolder } from './corpus';

export interface Payload {
  readonly from: string;
  readonly name: string;
  readonly event: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const body = z.record(z.string(), z.unknown());
const examples = z.array(z.object({ name: z.string(), examples: z.array(body) }));

/** GitHub's own example payloads, from the npm package made of them (MIT): github.com and every GHES version in it. */
export function packagePayloads(): readonly Payload[] {
  const root = join(__dirname, '..', '..', 'node_modules', '@octokit', 'webhooks-examples');
  const editions = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return editions.flatMap(({ name: edition }) =>
    examples
      .parse(JSON.parse(readFileSync(join(root, edition, 'index.json'), 'utf8')))
      .flatMap(({ name, examples: bodies }) =>
        bodies.map((body, i) => ({ from: edition, name: `${edition} ${name} ${i}`, event: name, body })),
      ),
  );
}

/** The payload files of the corpus, one folder for each event; empty, and one line says so, when there is none. */
export function corpusPayloads(): readonly Payload[] {
  const root = corpusFolder('github-webhooks');
  if (root === undefined) return [];
  const events = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return events.flatMap(({ name: event }) =>
    readdirSync(join(root, event)).map((file) => ({
      from: 'corpus',
      name: `corpus ${event}/${file}`,
      event,
      body: body.parse(JSON.parse(readFileSync(join(root, event, file), 'utf8'))),
    })),
  );
}
