import { jsonReader } from '../json-reader';
import { isMembers, listAt, textAt, valueAt, type Members } from '../members';
import type { Statement } from '../reader';
import { counted, readAs, stated } from '../stated';

/** The product states of CSAF 2.0, section 3.2.3.9, as VEX knows them. */
const STATES = [
  ['known_not_affected', 'not_affected'],
  ['known_affected', 'affected'],
  ['first_affected', 'affected'],
  ['last_affected', 'affected'],
  ['fixed', 'fixed'],
  ['first_fixed', 'fixed'],
  ['under_investigation', 'under_investigation'],
] as const;

/** A CSAF 2.0 or 2.1 document, advisory or VEX: one fact for each vulnerability and state of products. */
export const csaf = jsonReader(
  'csaf',
  /"csaf_version"\s*:/,
  (document) => textAt(document, 'document', 'csaf_version') !== undefined,
  (document, { file }) => {
    if (!/^2\.[01]$/.test(textAt(document, 'document', 'csaf_version') ?? '')) {
      return { outcome: 'refused', format: 'csaf', reason: 'version-unknown' };
    }
    const tracking = valueAt(document, 'document', 'tracking');
    const [name, category] = [textAt(document, 'document', 'title'), textAt(document, 'document', 'category')];
    const tracked = textAt(tracking, 'id');
    if (name === undefined || category === undefined || tracked === undefined) {
      return { outcome: 'refused', format: 'csaf', reason: 'shape' };
    }
    const at = textAt(tracking, 'current_release_date');
    const vulnerabilities = listAt(document, 'vulnerabilities').filter(isMembers);
    const id = `sha256:${file.digest}`;
    const attributes = {
      category,
      tracking: tracked,
      status: textAt(tracking, 'status') ?? '',
      publisher: textAt(document, 'document', 'publisher', 'name') ?? '',
      vulnerabilities: String(vulnerabilities.length),
    };
    const title = `${name}: ${counted(vulnerabilities.length, 'vulnerability').replace('vulnerabilitys', 'vulnerabilities')}`;
    const whole = stated({ kind: 'document', id, title, at, attributes, state: attributes.status || null });
    const statements = [whole, ...vulnerabilities.flatMap((one, i) => ofVulnerability(one, `${id}/${i}`, at))];
    const format = category === 'csaf_vex' ? 'csaf-vex' : 'csaf';
    return readAs({ format, kind: 'document', title, statements, attributes });
  },
);

function ofVulnerability(one: Members, id: string, at: string | undefined): readonly Statement[] {
  const name = textAt(one, 'cve') ?? textAt(listAt(one, 'ids')[0], 'text') ?? textAt(one, 'title') ?? 'unnamed';
  return STATES.flatMap(([member, state]) => {
    const products = listAt(one, 'product_status', member).filter((product) => typeof product === 'string');
    if (products.length === 0) return [];
    return [
      stated({
        kind: 'document',
        id: `${id}/${member}`,
        title: `${name}: ${state}`,
        state,
        at,
        attributes: { vulnerability: name, products: products.length },
        touches: products,
      }),
    ];
  });
}
