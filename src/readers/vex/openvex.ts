import { jsonReader } from '../json-reader';
import { listAt, textAt, valueAt } from '../members';
import type { Statement } from '../reader';
import { counted, readAs, stated } from '../stated';

const STATUSES = ['not_affected', 'affected', 'fixed', 'under_investigation'];

/** OpenVEX (openvex/spec, 0.0.x and 0.2.0): one fact for each statement on a vulnerability. */
export const openvex = jsonReader(
  'openvex',
  /"@context"\s*:\s*"https:\/\/openvex\.dev\/ns/,
  (document) => textAt(document, '@context')?.startsWith('https://openvex.dev/ns') === true,
  (document, { file }) => {
    const author = textAt(document, 'author');
    const given = listAt(document, 'statements');
    if (author === undefined) return { outcome: 'refused', format: 'openvex', reason: 'shape' };
    const at = textAt(document, 'last_updated') ?? textAt(document, 'timestamp');
    const statements = given.flatMap((one, i) => ofStatement(one, `sha256:${file.digest}/${i}`, at));
    if (statements.length === 0) return { outcome: 'refused', format: 'openvex', reason: 'no-records' };
    const missing = given.length - statements.length;
    const title = `Vulnerability statements by ${author}: ${counted(statements.length, 'statement')}`;
    return readAs({
      format: 'openvex',
      kind: 'document',
      title,
      statements,
      findings:
        missing === 0
          ? []
          : [
              {
                code: 'malformed-records',
                sentence: `${counted(missing, 'statement')} without vulnerability or status left out.`,
              },
            ],
      complete: missing === 0,
      attributes: { id: textAt(document, '@id') ?? '', statements: String(statements.length) },
    });
  },
);

function ofStatement(one: unknown, id: string, at: string | undefined): readonly Statement[] {
  // Until 0.0.2 the vulnerability is a text, then an object.
  const name =
    textAt(one, 'vulnerability', 'name') ?? textAt(one, 'vulnerability', '@id') ?? textAt(one, 'vulnerability');
  const status = textAt(one, 'status');
  if (name === undefined || status === undefined || !STATUSES.includes(status)) return [];
  const products = listAt(one, 'products').map((product) =>
    typeof product === 'string' ? product : (textAt(product, '@id') ?? textAt(valueAt(product, 'identifiers'), 'purl')),
  );
  return [
    stated({
      kind: 'document',
      id,
      title: `${name}: ${status}`,
      state: status,
      at: textAt(one, 'timestamp') ?? at,
      attributes: { vulnerability: name, justification: textAt(one, 'justification'), products: products.length },
      touches: products,
    }),
  ];
}
