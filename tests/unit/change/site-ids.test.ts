import { contentDigest } from '../../../src/change/digest';
import { fieldIdsFromList } from '../../../src/change/field-ids';
import { FIELDS, NO_CUI_SYSTEM, STATUSES, UNKNOWN_CUI_SYSTEM } from '../../../src/change/fields';
import { applyModifiedFields, snapshotFromIssue } from '../../../src/change/from-jira';
import { latestResubmission, statusMoves } from '../../../src/change/history';
import { BY_NAME, ourWord } from '../../../src/change/site-ids';
import type { SiteIds } from '../../../src/change/site-ids';

const FIELD_IDS = Object.fromEntries(
  FIELDS.map(({ key }, i) => [key, key === 'summary' || key === 'description' ? key : `customfield_${10_000 + i}`]),
) as SiteIds['fields'];

/** A site that is set up by ids. */
const HELD: SiteIds = {
  fields: FIELD_IDS,
  statuses: Object.fromEntries(STATUSES.map((status, i) => [status, String(20_000 + i)])) as SiteIds['statuses'],
  changeTypes: { Standard: '31', Normal: '32', Emergency: '33', Discovered: '34' },
  systems: { none: '41', unknown: '42' },
  projectIds: { CHG: '10000' },
  issueTypeIds: { 'Change request': '10004' },
};

interface Names {
  readonly project: string;
  readonly type: string;
  readonly status: string;
  readonly before: string;
  readonly emergency: string;
  readonly none: string;
}
const ENGLISH: Names = {
  ...{ project: 'CHG', type: 'Change request', status: 'Approved', before: 'Proposed' },
  ...{ emergency: 'Emergency', none: NO_CUI_SYSTEM },
};
const OTHERS: readonly [string, Names][] = [
  ['English', ENGLISH],
  [
    'German',
    {
      ...{ project: 'AEN', type: 'Änderungsantrag', status: 'Genehmigt', before: 'Vorgeschlagen' },
      ...{ emergency: 'Notfall', none: 'Keines' },
    },
  ],
  ['renamed crosswise', { ...ENGLISH, status: 'Closed', before: 'Approved', emergency: 'Normal', none: 'Unknown' }],
  ['named like members of every object', { ...ENGLISH, status: 'constructor', emergency: 'toString' }],
];

const read = (names: Names, held: SiteIds) =>
  snapshotFromIssue(
    {
      issue: {
        id: '10007',
        key: `${names.project}-7`,
        fields: {
          project: { key: names.project, id: '10000' },
          issuetype: { name: names.type, id: '10004' },
          status: { name: names.status, id: '20001' },
          created: '2026-03-02T10:00:00.000+0100',
          summary: 'Block SMB',
          [FIELD_IDS.changeType ?? '']: { id: '33', value: names.emergency },
          [FIELD_IDS.impactedSystems ?? '']: [{ id: '41', value: names.none }],
        },
      },
      histories: [
        {
          id: '9',
          created: '2026-03-02T10:00:00.000+0100',
          items: [
            {
              ...{ field: 'Estado', fieldId: 'status', from: '20005', fromString: 'Rechazado' },
              ...{ to: '20000', toString: names.before },
            },
            { fieldId: FIELD_IDS.changeType, from: '32', fromString: 'x', to: '33', toString: names.emergency },
          ],
        },
      ],
      complete: true,
    },
    fieldIdsFromList(LIST, held.fields),
    held,
  );

/** Every field is called something else. */
const LIST = FIELDS.map(({ key }, i) => ({ id: FIELD_IDS[key] ?? '', name: `Feld ${i}` }));

describe('a site that is held by ids', () => {
  it.each(OTHERS)('reads the same with names that are %s', (_, names) => {
    const snapshot = read(names, HELD);
    expect(snapshot).toMatchObject({
      project: 'CHG',
      issueType: 'Change request',
      status: 'Approved',
      content: { changeType: 'Emergency', impactedSystems: [NO_CUI_SYSTEM] },
    });
    expect(contentDigest(snapshot.content)).toBe(contentDigest(read(ENGLISH, HELD).content));
    expect(statusMoves(snapshot)).toMatchObject([{ from: 'Disapproved', to: 'Proposed', toId: '20000' }]);
    expect(latestResubmission(snapshot)?.historyId).toBe('9');
    expect(snapshot.history[0]?.items[1]).toMatchObject({ fromText: 'Normal', toText: 'Emergency' });
  });

  it('a second thing of the same name is another one', () => {
    const moved: SiteIds = {
      ...HELD,
      statuses: { ...HELD.statuses, Approved: '7' },
      changeTypes: { ...HELD.changeTypes, Emergency: '7' },
      systems: { none: '7', unknown: null },
      projectIds: { CHG: '7' },
      issueTypeIds: { 'Change request': '7' },
    };
    const another = (name: string): string => `${name} (another one of this name)`;
    expect(read(ENGLISH, moved)).toMatchObject({
      project: another('CHG'),
      issueType: another('Change request'),
      status: another('Approved'),
      content: { changeType: another('Emergency'), impactedSystems: [another(NO_CUI_SYSTEM)] },
    });
  });

  it('the screen of a transition is read by the same ids', () => {
    const snapshot = read(ENGLISH, HELD);
    const ids = fieldIdsFromList(LIST, HELD.fields);
    const screen = applyModifiedFields(
      snapshot,
      { [ids.changeType]: { id: '33', value: 'Notfall' }, [ids.impactedSystems]: [{ id: 42, value: 'Unbekannt' }] },
      ids,
      HELD,
    );
    expect(screen.edited).toEqual(['impactedSystems']);
    expect(screen.snapshot.content.impactedSystems).toEqual([UNKNOWN_CUI_SYSTEM]);
  });

  it('by names, ids say nothing', () => {
    const english = FIELDS.map(({ key, name }) => ({ id: FIELD_IDS[key] ?? '', name }));
    expect(fieldIdsFromList(english, BY_NAME.fields)).toEqual(FIELD_IDS);
    expect(ourWord(BY_NAME.statuses, { id: '20001', name: 'Closed' })).toBe('Closed');
    expect(ourWord({}, { name: 'toString' })).toBe('toString');
  });
});

describe('a field that is held and is not there any more', () => {
  it('is named, with its id, and is not looked for by its name', () => {
    const without = LIST.filter(({ id }) => id !== FIELD_IDS.scope && id !== FIELD_IDS.testPlan);
    const again = [...without, { id: 'customfield_999', name: 'Scope' }];
    expect(() => fieldIdsFromList(again, HELD.fields)).toThrow(
      'Jira has no field any more that the policy holds as "Scope" (customfield_10005), "Test plan" (customfield_10009). A Jira admin has to restore it, or choose another in the policy.',
    );
  });
});
