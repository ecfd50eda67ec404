import type { FieldMeta } from '../shapes';
import { textToAdf } from './adf';
import { changed, typedOf, valueOf } from './typed';

const meta = (schema: FieldMeta['schema'], name = 'Field'): FieldMeta => ({ schema, name });
const TEXTAREA = 'com.atlassian.jira.plugin.system.customfieldtypes:textarea';

const cases: readonly (readonly [
  kind: string,
  field: FieldMeta,
  held: unknown,
  typed: readonly string[],
  value: unknown,
])[] = [
  ['line', meta({ type: 'string', system: 'summary' }), 'Old', ['New rule'], 'New rule'],
  ['line emptied', meta({ type: 'string', system: 'summary' }), 'Old', [''], null],
  ['paragraphs', meta({ type: 'string', custom: TEXTAREA }), null, ['a\n\nb'], textToAdf('a\n\nb')],
  ['paragraphs emptied', meta({ type: 'string', custom: TEXTAREA }), textToAdf('a'), [''], null],
  ['choice', meta({ type: 'option' }), { id: '1', value: 'Normal' }, ['2'], { id: '2' }],
  ['choice taken back', meta({ type: 'option' }), { id: '1', value: 'Normal' }, [''], null],
  ['choices', meta({ type: 'array', items: 'option' }), [{ id: '1' }], ['', '1', '3'], [{ id: '1' }, { id: '3' }]],
  ['choices emptied', meta({ type: 'array', items: 'option' }), [{ id: '1' }], [''], []],
  ['person', meta({ type: 'user' }), null, ['5f8a'], { accountId: '5f8a' }],
  ['moment', meta({ type: 'datetime' }), null, ['2026-03-02T20:00'], '2026-03-02T20:00:00.000+0000'],
  ['labels', meta({ type: 'array', items: 'string' }), ['a'], ['a, b'], ['a', 'b']],
  ['number', meta({ type: 'number' }), 3, ['4.5'], 4.5],
];

describe('forms', () => {
  test.each(cases)('%s', (_kind, field, held, typed, value) => {
    expect(changed(typedOf(field, held, 'UTC'), typed)).toBe(true);
    expect(valueOf(field, typed, 'UTC')).toEqual({ value });
  });

  test.each(cases)('%s left alone is not sent', (_kind, field, held) => {
    expect(changed(typedOf(field, held, 'UTC'), typedOf(field, held, 'UTC'))).toBe(false);
  });

  test("a browser's line ends are no change", () => {
    expect(changed(['a\nb'], ['a\r\nb'])).toBe(false);
  });

  test.each([
    ['datetime', 'tomorrow', 'Window is not a date and time.'],
    ['number', 'many', 'Window is not a number.'],
  ])('a %s that is none is named', (type, typed, problem) => {
    expect(valueOf(meta({ type }, 'Window'), [typed], 'UTC')).toEqual({ problem });
  });
});
