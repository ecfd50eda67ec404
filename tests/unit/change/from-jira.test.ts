import { contentDigest } from '../../../src/change/digest';
import { appFieldIds, fieldIdsFromList } from '../../../src/change/field-ids';
import { FIELDS } from '../../../src/change/fields';
import { applyModifiedFields, snapshotFromIssue } from '../../../src/change/from-jira';
import { compareHistoryIds, editsSince, newestHistoryId, statusMoves } from '../../../src/change/history';
import { MAX_PARTICIPANTS_FIELD, participants, participantsField } from '../../../src/change/participants';
import { requiredActionLines } from '../../../src/change/required-actions';
import { id, Scene } from '../gate/scene';

/** What the work throws, or undefined. */
function thrownBy(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

const list = [
  ...FIELDS.map(({ key, name }, i) =>
    key === 'summary' || key === 'description'
      ? { id: key, name, custom: false }
      : { id: `customfield_${10_000 + i}`, key: `customfield_${10_000 + i}`, name, custom: true },
  ),
  { id: 'customfield_1', name: 'Description', custom: true },
  { id: 'customfield_20', name: 'Change participants', key: 'a-b__LOCAL__change-participants' },
  {
    id: 'customfield_21',
    name: 'Whatever',
    schema: { custom: 'ari:cloud:ecosystem::extension/a/b/static/change-decision-state' },
  },
];
const ids = fieldIdsFromList(list);

describe('field ids', () => {
  test('by name; a custom field called like a system field is another', () => {
    expect(ids.summary).toBe('summary');
    expect(ids.description).toBe('description');
    expect(ids.scope).toBe('customfield_10005');
    expect(appFieldIds(list)).toEqual({ participants: 'customfield_20', decisionState: 'customfield_21' });
  });
  test('every missing name is named', () => {
    const rest = list.filter(({ name }) => name !== 'Scope' && name !== 'Test plan');
    expect(thrownBy(() => fieldIdsFromList(rest))).toMatchObject({
      code: 'field-missing',
      fields: ['Scope', 'Test plan'],
    });
  });
  test('an ambiguous name is named', () => {
    const twice = [...list, { id: 'customfield_9', name: 'Scope' }];
    expect(thrownBy(() => fieldIdsFromList(twice))).toMatchObject({ code: 'field-ambiguous', fields: ['Scope'] });
  });
  test('no list, and none of our own fields', () => {
    expect(thrownBy(() => fieldIdsFromList({}))).toMatchObject({ code: 'fields-unreadable' });
    expect(thrownBy(() => appFieldIds([]))).toMatchObject({ code: 'field-missing' });
  });
});

const adf = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const issue = (fields: Record<string, unknown> = {}) => ({
  id: '10007',
  key: 'CHG-7',
  fields: {
    project: { key: 'CHG' },
    issuetype: { name: 'Change request' },
    status: { name: 'Proposed' },
    created: '2026-03-02T10:00:00.000+0100',
    creator: { accountId: 'c', displayName: 'Cleo' },
    reporter: null,
    summary: 'Block SMB',
    [ids.changeType]: { id: '1', value: 'Normal' },
    [ids.owner]: { accountId: 'o', displayName: 'Oda' },
    [ids.impactedSystems]: [{ value: 'b' }, { value: 'a' }, { value: 'a' }],
    [ids.scope]: adf('One rule.'),
    [ids.windowStart]: '2026-03-03T19:00:00.000+0100',
    ...fields,
  },
});
const history = (
  entry: string,
  items: readonly Record<string, unknown>[],
  author: unknown = { accountId: 'e', displayName: 'Eve' },
) => ({
  id: entry,
  created: '2026-03-02T09:30:00.000+0000',
  author,
  items,
});

describe('a change read from Jira', () => {
  test('with the least that Jira sends', () => {
    const snapshot = snapshotFromIssue({ issue: issue(), histories: [], complete: true }, ids);
    expect(snapshot).toMatchObject({
      key: 'CHG-7',
      createdAt: '2026-03-02T09:00:00.000Z',
      creator: 'c',
      reporter: null,
      assignee: null,
      names: { c: 'Cleo', o: 'Oda' },
    });
    expect(snapshot.content).toMatchObject({
      changeType: 'Normal',
      owner: 'o',
      implementer: null,
      impactedSystems: ['a', 'b'],
      scope: 'One rule.',
      testPlan: '',
      windowStart: '2026-03-03T18:00:00.000Z',
      windowEnd: null,
    });
  });

  test('the changelog, out of order, twice, without fieldId and without toString', () => {
    const histories = [
      history('10', [{ field: 'Scope', from: null, fromString: 'a', to: null, toString: 'b' }]),
      history(
        '9',
        [{ field: 'status', fieldId: 'status', from: '1', fromString: 'Proposed', to: '2', toString: 'Approved' }],
        null,
      ),
      history(
        '9',
        [{ field: 'status', fieldId: 'status', from: '1', fromString: 'Proposed', to: '2', toString: 'Approved' }],
        null,
      ),
      history('11', [{ field: 'assignee', fieldId: 'assignee', from: 'x', fromString: 'Xi', to: null }]),
      history('12', [{ field: 'Scope', fieldId: 'customfield_77', from: null, to: null }]),
    ];
    const snapshot = snapshotFromIssue({ issue: issue(), histories, complete: false }, ids);
    expect(snapshot.history.map((entry) => entry.id)).toEqual(['9', '10', '11', '12']);
    expect(snapshot.history.map(({ items }) => items[0]?.field)).toEqual(['status', 'scope', 'assignee', 'other']);
    expect(snapshot.history[2]?.items[0]?.toText).toBeNull();
    expect(snapshot.names['x']).toBe('Xi');
    expect(statusMoves(snapshot)).toMatchObject([
      { historyId: '9', by: null, from: 'Proposed', to: 'Approved', toId: '2' },
    ]);
    expect(editsSince(snapshot, '9').map(({ fields }) => fields)).toEqual([['scope']]);
  });

  const WRONG: readonly (readonly [string, unknown])[] = [
    ['no fields', { id: '1', key: 'CHG-1' }],
    ['a type that is a number', issue({ [ids.changeType]: 7 })],
    ['an owner without account', issue({ [ids.owner]: { name: 'owner' } })],
    ['systems that are no list', issue({ [ids.impactedSystems]: 'a' })],
    ['a window that is no date', issue({ [ids.windowStart]: 'tomorrow' })],
    ['a window without offset', issue({ [ids.windowStart]: '2026-03-03T19:00:00' })],
  ];
  test.each(WRONG)('%s is refused', (_, wrong) => {
    expect(thrownBy(() => snapshotFromIssue({ issue: wrong, histories: [], complete: true }, ids))).toMatchObject({
      code: 'jira-shape',
    });
  });
  test('a changelog id that is no number is refused', () => {
    const read = { issue: issue(), histories: [history('ten', [])], complete: true };
    expect(thrownBy(() => snapshotFromIssue(read, ids))).toMatchObject({ code: 'jira-shape' });
  });
});

describe('the screen of a transition', () => {
  const stored = snapshotFromIssue({ issue: issue(), histories: [], complete: true }, ids);
  test('wins, and says which controlled fields it changes', () => {
    const modified = {
      [ids.testPlan]: adf('Probe.'),
      [ids.scope]: adf('One rule.'),
      [ids.decisionBasis]: adf('No test.'),
      comment: {},
    };
    const { snapshot, edited, handedIn } = applyModifiedFields(stored, modified, ids);
    expect(snapshot.content.testPlan).toBe('Probe.');
    expect(edited).toEqual(['testPlan']);
    expect(handedIn).toEqual(['decisionBasis']);
    expect(snapshot.disposition).toEqual({ decisionBasis: 'No test.', requiredActions: '' });
  });
  test('a cleared list, a user by account alone, and nothing at all', () => {
    expect(applyModifiedFields(stored, { [ids.impactedSystems]: null }, ids).snapshot.content.impactedSystems).toEqual(
      [],
    );
    expect(applyModifiedFields(stored, { [ids.implementer]: { accountId: 'i' } }, ids).edited).toEqual(['implementer']);
    expect(applyModifiedFields(stored, undefined, ids)).toEqual({ snapshot: stored, edited: [], handedIn: [] });
  });
});

describe('history ids', () => {
  test.each([
    ['9', '10', -1],
    ['10', '9', 1],
    ['010', '10', 0],
    ['0', '1', -1],
    ['9007199254740993', '9007199254740992', 1],
  ] as const)('%s and %s', (a, b, order) => {
    expect(compareHistoryIds(a, b)).toBe(order);
  });
  test('no number is refused; no history is 0', () => {
    expect(() => compareHistoryIds('x', '1')).toThrow(RangeError);
    expect(newestHistoryId([])).toBe('0');
  });
});

describe('the digest', () => {
  const { content } = new Scene();
  test('is that of RFC 8785 bytes, whatever the order of keys', () => {
    const backwards = Object.fromEntries(Object.entries(content).reverse());
    expect(contentDigest({ ...content, ...backwards })).toBe(contentDigest(content));
    expect(contentDigest(content)).toMatch(/^[0-9a-f]{64}$/);
  });
  test.each(Object.keys(content))('changes with %s', (key) => {
    expect(contentDigest({ ...content, [key]: key === 'impactedSystems' ? [] : 'other' })).not.toBe(
      contentDigest(content),
    );
  });
});

describe('participants', () => {
  test('everybody who took part, with every reason', () => {
    const scene = new Scene()
      .assign('requester', 'reviewer2')
      .assign('requester', 'implementer')
      .edit('authority', { scope: 'New.' });
    const { snapshot } = scene.edit('reviewer', { securityImpactAnalysis: 'Fine as it is.' }).facts();
    const found = Object.fromEntries(
      [...participants(snapshot)].map(([who, why]) => [who.slice(7), why.map(({ code }) => code)]),
    );
    expect(found).toEqual({
      requester: ['creator', 'reporter'],
      owner: ['owner'],
      implementer: ['assignee', 'implementer'],
      reviewer2: ['past-assignee'],
      authority: ['editor'],
    });
    expect(participantsField(snapshot)).toBe(
      `,${['authority', 'implementer', 'owner', 'requester', 'reviewer2'].map(id).join(',')},`,
    );
  });
  test('nobody is cleared by an incomplete history or an overflowing list', () => {
    const { snapshot } = new Scene().facts();
    expect(participantsField({ ...snapshot, historyComplete: false })).not.toMatch(/^,/);
    const crowd = Array.from({ length: MAX_PARTICIPANTS_FIELD / 8 }, (_, i) => ({
      id: String(i + 1),
      author: `user-${String(i).padStart(6, '0')}`,
      at: snapshot.createdAt,
      items: [{ field: 'scope' as const, fieldId: 'x', from: null, fromText: null, to: null, toText: null }],
    }));
    expect(participantsField({ ...snapshot, history: crowd })).not.toMatch(/^,/);
    expect(participantsField({ ...snapshot, history: crowd.slice(0, 100) })).toMatch(/^,.*,$/);
  });
});

describe('required actions', () => {
  const mention = {
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Add a test ' },
          { type: 'mention', attrs: { id: '557058:o', text: '@Oda Owner' } },
        ],
      },
    ],
  };
  test.each([
    ['Add a test @owner', [['Add a test', { name: 'owner' }]]],
    ['Add a test @Oda Owner', [['Add a test', { name: 'Oda Owner' }]]],
    ['@owner: add a test', [['add a test', { name: 'owner' }]]],
    [
      '- Add a test @owner\n2. Ask o@x.test first @reviewer',
      [
        ['Add a test', { name: 'owner' }],
        ['Ask o@x.test first', { name: 'reviewer' }],
      ],
    ],
    ['Add a test [~accountid:5b1]', [['Add a test', { accountId: '5b1' }]]],
    [mention, [['Add a test', { accountId: '557058:o' }]]],
    ['Add a test', [['Add a test', null]]],
    ['@owner', [['@owner', null]]],
    ['\n  \n-\n', []],
  ] as const)('%j', (value, expected) => {
    expect(requiredActionLines(value).map(({ what, owner }) => [what, owner])).toEqual(expected);
  });
});
