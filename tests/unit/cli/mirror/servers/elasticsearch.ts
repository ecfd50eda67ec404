import { Listener, type Received, type Reply } from './listen';

export const ELASTIC_KEY = 'VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==';

/** Elasticsearch's bulk and get of documents, as elastic.co describes them. A data stream writes to an index behind it. */
export class ElasticsearchServer {
  readonly documents = new Map<string, unknown>();
  /** What is answered for the item in place of creating it. */
  itemError: { status: number; error: { type: string; reason: string } } | undefined;
  readonly listener = new Listener((request) => this.answer(request));

  private answer({ method, target, headers, body }: Received): Reply {
    if (headers.authorization !== `ApiKey ${ELASTIC_KEY}`)
      return json(401, { error: { type: 'security_exception' }, status: 401 });
    if (method === 'GET') {
      const source = this.documents.get(decodeURIComponent(target));
      return source === undefined ? json(404, { found: false }) : json(200, { found: true, _source: source });
    }
    if (target !== '/_bulk' || headers['content-type'] !== 'application/x-ndjson') return json(406, {});
    const [action = '{}', source = '{}', end] = body.toString().split('\n');
    if (end !== '') return json(400, { error: { type: 'illegal_argument_exception' } });
    const { create } = JSON.parse(action) as { create: { _index: string; _id: string } };
    const item = this.create(`.ds-${create._index}-000001`, create._id, JSON.parse(source));
    return json(200, { took: 1, errors: item.status >= 300, items: [{ create: item }] });
  }

  private create(index: string, id: string, source: unknown) {
    if (this.itemError !== undefined) return { _index: index, _id: id, ...this.itemError };
    const path = `/${index}/_doc/${id}`;
    if (this.documents.has(path)) {
      const error = { type: 'version_conflict_engine_exception', reason: 'document already exists', index };
      return { _index: index, _id: id, status: 409, error };
    }
    this.documents.set(path, source);
    return { _index: index, _id: id, status: 201 };
  }
}

const json = (status: number, value: unknown): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
