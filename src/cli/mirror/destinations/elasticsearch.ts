import * as z from '#zod';
import { eventOf, type Copy } from '../copy';
import { ask, jsonOf, type Asking } from '../request';
import { DestinationProblem, type Destination, type Receipt } from './destination';

export interface ElasticsearchOptions {
  readonly url: string;
  /** An index or a data stream. */
  readonly index: string;
  /** The encoded API key, or undefined for a cluster without security. */
  readonly apiKey: string | undefined;
}

const bulk = z.looseObject({
  errors: z.boolean(),
  items: z.array(
    z.looseObject({
      create: z.looseObject({
        _index: z.string(),
        _id: z.string(),
        status: z.number(),
        error: z.exactOptional(
          z.looseObject({ type: z.string(), reason: z.string(), index: z.exactOptional(z.string()) }),
        ),
      }),
    }),
  ),
});
const found = z.looseObject({ _source: z.looseObject({ sha256: z.string(), name: z.string() }) });

/**
 * Elasticsearch's bulk API (elastic.co, "Bulk index or delete documents"): a document for each copy, created and never
 * written over, under the SHA-256 of the copy as its id; then got by that id. A document of the same id that is another is
 * a problem; who may alter documents is for the cluster's roles to see to.
 */
export function elasticsearchDestination(options: ElasticsearchOptions, asking: Asking): Destination {
  const base = options.url.replace(/\/$/, '');
  const id = `elasticsearch:${base}/${options.index}`;
  const authorization: Record<string, string> =
    options.apiKey === undefined ? {} : { Authorization: `ApiKey ${options.apiKey}` };
  return {
    id,
    async put(copy) {
      const document = { '@timestamp': new Date(asking.rim.now()).toISOString(), ...eventOf(copy) };
      const action = { create: { _index: options.index, _id: copy.sha256 } };
      const answer = await ask(asking, () => ({
        url: `${base}/_bulk`,
        method: 'POST',
        headers: { ...authorization, 'Content-Type': 'application/x-ndjson' },
        body: `${JSON.stringify(action)}\n${JSON.stringify(document)}\n`,
      }));
      const read = bulk.safeParse(jsonOf(answer));
      const item = read.success ? read.data.items[0]?.create : undefined;
      if (answer.status !== 200 || item === undefined) throw refused(copy, `HTTP ${answer.status}`);
      const { status, error } = item;
      if (status !== 201 && status !== 409) throw refused(copy, `${error?.type ?? status}: ${error?.reason ?? ''}`);
      const index = error?.index ?? item._index;
      await expectDocument(asking, `${base}/${index}/_doc/${copy.sha256}`, authorization, copy);
      const receipt: Receipt = {
        destination: id,
        where: `${base}/${index}/_doc/${copy.sha256}`,
        sha256: copy.sha256,
        proof: 'read-back',
        already: status === 409,
      };
      return receipt;
    },
  };
}

async function expectDocument(asking: Asking, url: string, headers: Readonly<Record<string, string>>, copy: Copy) {
  const answer = await ask(asking, () => ({ url, headers }));
  const read = found.safeParse(jsonOf(answer));
  if (answer.status !== 200 || !read.success)
    throw new DestinationProblem('not-as-written', `${url} cannot be read back: HTTP ${answer.status}.`);
  const { sha256, name } = read.data._source;
  if (sha256 !== copy.sha256 || name !== copy.name)
    throw new DestinationProblem('exists-otherwise', `${url} is another document: it names ${name} with ${sha256}.`);
}

const refused = ({ name }: Copy, why: string): DestinationProblem =>
  new DestinationProblem('refused', `Elasticsearch did not take ${name}: ${why}.`);
