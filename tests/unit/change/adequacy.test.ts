import fc from 'fast-check';
import { inadequateFields, REQUIRED_FOR_APPROVAL } from '../../../src/change/adequacy';
import type { AdequacyRule } from '../../../src/change/adequacy';
import { textOfAdf } from '../../../src/change/adf';
import { NO_CUI_SYSTEM, UNKNOWN_CUI_SYSTEM } from '../../../src/change/fields';
import { isPlaceholder, PLACEHOLDER_PHRASES } from '../../../src/change/placeholder';
import type { ChangeContent } from '../../../src/change/snapshot';
import { GOOD_CONTENT } from '../gate/scene';
import { processorSeconds } from '../processor-time';

const PLACEHOLDERS = [
  ...['N/A', 'n/a', 'n.a.', 'N / A', 'NA', ' n/a ', 'N/A.', 'N\\A', '(n/a)', '*N/A*', 'n/a n/a', 'N/A, N/A'],
  ...[
    'tbd',
    'TBD',
    'T.B.D.',
    'tbd!!',
    'tba',
    'TBC',
    'none',
    'None.',
    'NONE',
    'nil',
    'null',
    'todo',
    'To do',
    'TODO: tbd',
  ],
  ...['-', '--', '—', '?', '???', '.', '...', '…', 'x', 'xxx', 'XXXX', 'x x x', '1', '#', '✓'],
  ...[
    'to be determined',
    'To Be Determined.',
    'not applicable',
    'Not applicable!',
    'see above',
    'See above.',
    'see description',
  ],
  ...[
    'as above',
    'to be confirmed',
    'not needed',
    'nothing',
    'unknown',
    'No',
    'yes',
    'ok',
    'pending',
    'later',
    'lorem ipsum',
  ],
  ...['n\u00a0/\u00a0a', '\u200bN/A\u200b', 'Ｎ／Ａ', 'ｔｂｄ', 't\u00adbd', 'n\u200b/\u200ba', '\ufeffnone', 'Ｎone'],
  ...[
    '- N/A',
    '1. tbd',
    '- n/a\n- n/a',
    '| n/a | n/a |',
    '[ ] todo',
    'N/A for this change',
    'No backout plan',
    'Backout plan: TBD',
  ],
  ...['none at this time', 'not applicable to this change', '[placeholder: Describe the plan]', '[media: {"id":"1"}]'],
];

const ANSWERS = [
  'Restore the previous rule set.',
  'Reinstall KB5030.',
  'Roll back with terraform.',
  'None of the three rules touches CUI traffic.',
  'N/A is not possible here: restore from snapshot.',
  'See https://wiki.example.test/backout/7',
  'Nothing is exposed, the port stays closed.',
  'Unknown devices are blocked by default.',
  'Revert',
  'Восстановить прежние правила.',
  '前のルールに戻す',
  'Zurücksetzen auf Stand 4',
];

describe('an answer', () => {
  test.each(PLACEHOLDERS)('%j is none', (text) => {
    expect(inadequateFields({ ...GOOD_CONTENT, backoutPlan: text })).toMatchObject([
      { field: 'backoutPlan', name: 'Backout plan', code: 'placeholder' },
    ]);
  });

  test.each(ANSWERS)('%j is one', (text) => {
    expect(inadequateFields({ ...GOOD_CONTENT, backoutPlan: text })).toEqual([]);
  });

  test('bold, and in a list, a placeholder stays one', () => {
    const bold = { type: 'text', text: 'N/A', marks: [{ type: 'strong' }] };
    const list = {
      type: 'bulletList',
      content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [bold] }] }],
    };
    expect(isPlaceholder(textOfAdf({ type: 'doc', content: [list] }))).toBe(true);
  });

  test('placeholders one after the other, with any case and punctuation, stay placeholders', () => {
    const dressed = fc.tuple(
      fc.constantFrom(...PLACEHOLDER_PHRASES),
      fc.boolean(),
      fc.constantFrom('', '.', '!', ' - ', '\u00a0', '\u200b', '\n', ' / '),
    );
    fc.assert(
      fc.property(fc.array(dressed, { minLength: 1, maxLength: 6 }), (parts) => {
        const text = parts.map(([phrase, upper, mark]) => (upper ? phrase.toUpperCase() : phrase) + mark).join(' ');
        expect(isPlaceholder(text)).toBe(true);
      }),
    );
  });

  test('a long text of placeholders is judged quickly', async () => {
    const text = 'n/a tbd '.repeat(4000);
    expect(await processorSeconds(() => expect(isPlaceholder(text)).toBe(true))).toBeLessThan(2);
  });
});

describe('adequacy', () => {
  const CASES: readonly (readonly [string, Partial<ChangeContent>, readonly (readonly [string, string])[]])[] = [
    ['everything there', {}, []],
    ['no type', { changeType: null }, [['changeType', 'missing']]],
    ['a type nobody knows', { changeType: 'Quick' }, [['changeType', 'unknown-change-type']]],
    ['no owner', { owner: null }, [['owner', 'missing']]],
    ['no implementer', { implementer: null }, [['implementer', 'missing']]],
    ['no systems', { impactedSystems: [] }, [['impactedSystems', 'missing']]],
    ['systems unknown', { impactedSystems: [UNKNOWN_CUI_SYSTEM] }, []],
    ['no CUI system', { impactedSystems: [NO_CUI_SYSTEM] }, []],
    ['none and one', { impactedSystems: [NO_CUI_SYSTEM, 'Identity provider'] }, [['impactedSystems', 'contradiction']]],
    ['blank scope', { scope: ' \n ' }, [['scope', 'missing']]],
    ['the summary again', { justification: GOOD_CONTENT.summary }, [['justification', 'copy-of-summary']]],
    [
      'the summary again, dressed',
      { justification: ` ${GOOD_CONTENT.summary.toUpperCase()}!\u200b ` },
      [['justification', 'copy-of-summary']],
    ],
    ['no window start', { windowStart: null }, [['windowStart', 'missing']]],
    ['no window end', { windowEnd: null }, [['windowEnd', 'missing']]],
    ['an empty window', { windowEnd: GOOD_CONTENT.windowStart }, [['windowEnd', 'window-inverted']]],
    ['a window backwards', { windowEnd: '2026-03-01T00:00:00.000Z' }, [['windowEnd', 'window-inverted']]],
    ['the description is no requirement', { description: '' }, []],
  ];
  test.each(CASES)('%s', (_, changes, expected) => {
    const found = inadequateFields({ ...GOOD_CONTENT, ...changes });
    expect(found.map(({ field, code }) => [field, code])).toEqual(expected);
    for (const { name, sentence } of found) expect(sentence.startsWith(name)).toBe(true);
  });

  test('an empty change names every required field at once', () => {
    const empty: ChangeContent = {
      ...GOOD_CONTENT,
      ...{ changeType: null, owner: null, implementer: null, scope: '', impactedSystems: [], justification: '' },
      ...{ securityImpactAnalysis: '', testPlan: '', backoutPlan: '', windowStart: null, windowEnd: null },
    };
    expect(inadequateFields(empty).map(({ field }) => field)).toEqual(REQUIRED_FOR_APPROVAL);
  });
});

describe('the rule of a change type', () => {
  const nothing = { required: [], minimumWords: null, refusePlaceholders: true, refuseCopies: true };
  const testPlan = { ...nothing, required: ['testPlan'] as const };
  const EMPTY: ChangeContent = {
    ...GOOD_CONTENT,
    ...{ changeType: null, owner: null, implementer: null, scope: '', impactedSystems: [], justification: '' },
    ...{ securityImpactAnalysis: '', testPlan: '', backoutPlan: '', windowStart: null, windowEnd: null },
  };
  const of = (changes: Partial<ChangeContent>, rule: AdequacyRule) =>
    inadequateFields({ ...EMPTY, ...changes }, rule).map(({ code, sentence }) => [code, sentence]);

  test.each<[string, Partial<ChangeContent>, AdequacyRule, string[][]]>([
    ['nothing is required', {}, nothing, []],
    ['one field is required', {}, testPlan, [['missing', 'Test plan is empty.']]],
    [
      'an optional paragraph may be a placeholder',
      { backoutPlan: 'N/A' },
      testPlan,
      [['missing', 'Test plan is empty.']],
    ],
    ['a placeholder is an answer', { testPlan: 'N/A' }, { ...testPlan, refusePlaceholders: false }, []],
    [
      'nothing is no answer',
      { testPlan: ' ' },
      { ...testPlan, refusePlaceholders: false },
      [['missing', 'Test plan is empty.']],
    ],
    ['a copy is an answer', { testPlan: EMPTY.summary }, { ...testPlan, refuseCopies: false }, []],
    [
      'a copy is none',
      { testPlan: EMPTY.summary },
      testPlan,
      [['copy-of-summary', 'Test plan only repeats the summary: write one real sentence.']],
    ],
    [
      'too few words',
      { testPlan: 'Ping the host.' },
      { ...testPlan, minimumWords: 4 },
      [['too-short', 'Test plan has 3 words and needs at least 4: say more.']],
    ],
    ['just enough words', { testPlan: 'Ping the host twice.' }, { ...testPlan, minimumWords: 4 }, []],
    [
      'a mark is no word',
      { testPlan: 'Ping - the - host.' },
      { ...testPlan, minimumWords: 4 },
      [['too-short', 'Test plan has 3 words and needs at least 4: say more.']],
    ],
    [
      'only marks',
      { testPlan: '…' },
      { ...testPlan, minimumWords: 1, refusePlaceholders: false, refuseCopies: false },
      [['too-short', 'Test plan has 0 words and needs at least 1: say more.']],
    ],
    [
      'contradictions are told though nothing is required',
      {
        changeType: 'Odd',
        impactedSystems: [NO_CUI_SYSTEM, 'x'],
        windowStart: '2026-03-02T09:00:00.000Z',
        windowEnd: '2026-03-02T08:00:00.000Z',
      },
      nothing,
      [
        ['unknown-change-type', 'Change type "Odd" is not one of Standard, Normal, Emergency, Discovered.'],
        [
          'contradiction',
          `Impacted CUI systems says "${NO_CUI_SYSTEM}" and names another system as well: keep one of the two.`,
        ],
        ['window-inverted', 'Change window end is not after Change window start.'],
      ],
    ],
  ])('%s', (_, changes, rule, expected) => {
    expect(of(changes, rule)).toEqual(expected);
  });
});
