import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOfAdf } from '../../../src/change/adf';

const doc = (...content: unknown[]) => ({ type: 'doc', version: 1, content });
const p = (...content: unknown[]) => ({ type: 'paragraph', content });
const t = (text: string, ...marks: unknown[]) =>
  marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks };
const node = (type: string, attrs: Record<string, unknown>, ...content: unknown[]) => ({ type, attrs, content });

const TEXTS: readonly (readonly [string, unknown, string])[] = [
  ['nothing', null, ''],
  ['a plain string, line ends made one', 'a\r\nb\r\n', 'a\nb'],
  ['an empty document', doc(), ''],
  ['paragraphs', doc(p(t('One')), p(t('Two'))), 'One\nTwo'],
  ['a hard break', doc(p(t('One'), { type: 'hardBreak' }, t('Two'))), 'One\nTwo'],
  ['formatting does not count', doc(p(t('Bold', { type: 'strong' }), t(' not'))), 'Bold not'],
  [
    'a link with its target',
    doc(p(t('here', { type: 'link', attrs: { href: 'https://a.test/' } }))),
    'here (https://a.test/)',
  ],
  [
    'a bare link once',
    doc(p(t('https://a.test/', { type: 'link', attrs: { href: 'https://a.test/' } }))),
    'https://a.test/',
  ],
  ['a mention with its account', doc(p(node('mention', { id: '5b1', text: '@Mia' }))), '@Mia[~accountid:5b1]'],
  ['an emoji', doc(p(node('emoji', { shortName: ':ok:' }))), ':ok:'],
  ['a date', doc(p(node('date', { timestamp: '1772442000000' }))), '2026-03-02'],
  ['a broken date is kept', doc(p(node('date', { timestamp: 'soon' }))), '[date: "soon"]'],
  ['a status', doc(p(node('status', { text: 'DONE', color: 'green' }))), 'DONE'],
  ['a card', doc(node('blockCard', { url: 'https://a.test/1' })), 'https://a.test/1'],
  [
    'a list',
    doc({ type: 'bulletList', content: [node('listItem', {}, p(t('a'))), node('listItem', {}, p(t('b')))] }),
    '- a\n- b',
  ],
  ['a numbered list from its start', doc(node('orderedList', { order: 3 }, node('listItem', {}, p(t('a'))))), '3. a'],
  [
    'a list in a list',
    doc({
      type: 'bulletList',
      content: [node('listItem', {}, p(t('a')), { type: 'bulletList', content: [node('listItem', {}, p(t('b')))] })],
    }),
    '- a\n  - b',
  ],
  [
    'tasks with their ticks',
    doc(node('taskList', {}, node('taskItem', { state: 'DONE' }, t('a')), node('taskItem', { state: 'TODO' }, t('b')))),
    '[x] a\n[ ] b',
  ],
  [
    'a table',
    doc({
      type: 'table',
      content: [{ type: 'tableRow', content: [node('tableHeader', {}, p(t('a'))), node('tableCell', {}, p(t('b')))] }],
    }),
    '| a | b |',
  ],
  ['code', doc(node('codeBlock', { language: 'sh' }, t('ls\npwd'))), 'ls\npwd'],
  ['an expand with its title', doc(node('expand', { title: 'More' }, p(t('a')))), 'More\na'],
  [
    'an image by what it is',
    doc({ type: 'mediaSingle', content: [node('media', { id: 'm1', type: 'file', collection: '', width: 3 })] }),
    '[media: {"collection":"","id":"m1","type":"file"}]',
  ],
  [
    'an extension by its key',
    doc(node('extension', { extensionKey: 'k', extensionType: 'e' })),
    '[extension: {"extensionKey":"k","extensionType":"e"}]',
  ],
  [
    'the prompt of a template is told apart from an answer',
    doc(p(node('placeholder', { text: 'Describe' }))),
    '[placeholder: Describe]',
  ],
  [
    'an unknown node is kept and flagged',
    doc({ type: 'hologram', attrs: { b: 1, a: 2 } }),
    '[unsupported content {"attrs":{"a":2,"b":1},"type":"hologram"}]',
  ],
  ['something that is no document', { foo: 1 }, '[unsupported content {"foo":1}]'],
  ['a number', 7, '[unsupported content 7]'],
];

describe('the text of a document', () => {
  test.each(TEXTS)('%s', (_, document, text) => {
    expect(textOfAdf(document)).toBe(text);
  });

  test('deep nesting is flagged with a digest that every edit changes', () => {
    const nested = (word: string) =>
      Array.from({ length: 400 }).reduce<unknown>((inner) => node('blockquote', {}, inner), p(t(word)));
    expect(textOfAdf(doc(nested('a')))).toMatch(/^\[content nested too deeply [0-9a-f]{64}\]$/);
    expect(textOfAdf(doc(nested('a')))).not.toBe(textOfAdf(doc(nested('b'))));
  });

  const schema = join(process.env['CORPUS_DIR'] ?? '../shared/data', 'adf/schema/full.json');
  if (!existsSync(schema)) test.todo('every node of the published schema has a text: not run, no corpus at CORPUS_DIR');
  else
    test('every node of the published schema has a text of its own', () => {
      const types = nodeTypes(readFileSync(schema, 'utf8'));
      expect(types.length).toBeGreaterThan(40);
      const flagged = types.filter((type) => textOfAdf(doc(node(type, {}, t('x')))).includes(`"type":"${type}"`));
      expect(flagged).toEqual([]);
    });
});

/** The names that definitions called `…_node` give to their `type`; marks and link types are no nodes. */
function nodeTypes(schema: string): string[] {
  const { definitions } = JSON.parse(schema) as { definitions: Record<string, unknown> };
  const found = Object.entries(definitions)
    .filter(([name]) => name.endsWith('_node'))
    .flatMap(([, definition]) => {
      const { properties } = definition as { properties?: { type?: { enum?: string[] } } };
      return properties?.type?.enum ?? [];
    });
  // A text node without text, or with other children, is checked in the table above.
  return [...new Set(found)].filter((type) => type !== 'text' && type !== 'doc');
}
