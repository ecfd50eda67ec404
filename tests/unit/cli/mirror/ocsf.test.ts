import { findingCopy, headCopy } from '../../../../src/cli/mirror/copy';
import { ocsfEvent } from '../../../../src/cli/mirror/destinations/ocsf';
import { sha256Hex } from '../../../../src/ledger/hash';

const made = { site: 'https://example.atlassian.net', change: { issueId: '10042', key: 'CHG-42' } };
const head = headCopy(made, { entries: 17, head: sha256Hex('h'), pack: null });
const finding = findingCopy(made, 'head-backwards', 'The ledger was cut.');
const TIME = Date.parse('2026-03-02T09:00:00Z');

/** What OCSF 1.2.0 requires of each class (github.com/ocsf/ocsf-schema, tag v1.2.0: base_event, metadata, product, …). */
const REQUIRED = ['activity_id', 'category_uid', 'class_uid', 'metadata', 'severity_id', 'time', 'type_uid'];

it.each([
  ['Entity Management', ocsfEvent(head, TIME), [...REQUIRED, 'entity'], 3, 3004, 2],
  ['Detection Finding', ocsfEvent(finding, TIME), [...REQUIRED, 'finding_info'], 2, 2004, 1],
] as const)(
  'an event of the class %s has what the class requires',
  (name, event, required, category, uid, activity) => {
    for (const member of required) expect(event).toHaveProperty(member);
    expect(event).toMatchObject({
      class_name: name,
      category_uid: category,
      class_uid: uid,
      activity_id: activity,
      type_uid: uid * 100 + activity,
      time: TIME,
      metadata: { version: '1.2.0', product: { vendor_name: expect.any(String) as string } },
    });
  },
);

it('a head is an entity that was read, by issue and digest', () => {
  expect(ocsfEvent(head, TIME)).toMatchObject({
    entity: { name: head.name, uid: '10042', version: head.sha256 },
    observables: [{ name: 'metadata.uid', type_id: 8, value: head.sha256 }],
    unmapped: { kind: 'head', entries: 17, head: sha256Hex('h') },
  });
});

it('what does not agree is a finding of high severity that has its code and sentence', () => {
  expect(ocsfEvent(finding, TIME)).toMatchObject({
    severity_id: 4,
    message: 'The ledger was cut.',
    finding_info: { uid: finding.sha256, title: 'head-backwards CHG-42', types: ['head-backwards'] },
  });
});
