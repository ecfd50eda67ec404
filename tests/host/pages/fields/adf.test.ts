import fc from 'fast-check';
import { adfToHtml, adfToText, textToAdf } from './adf';

const doc = (...content: readonly unknown[]) => ({ type: 'doc', version: 1, content });
const text = (words: string, ...marks: readonly unknown[]) => ({ type: 'text', text: words, marks });
const paragraph = (...content: readonly unknown[]) => ({ type: 'paragraph', content });

const cases: readonly (readonly [name: string, document: unknown, plain: string, markup: string])[] = [
  ['a paragraph', doc(paragraph(text('One.'))), 'One.', '<p>One.</p>'],
  ['two paragraphs', doc(paragraph(text('One.')), paragraph(text('Two.'))), 'One.\n\nTwo.', '<p>One.</p><p>Two.</p>'],
  ['a line break', doc(paragraph(text('a'), { type: 'hardBreak' }, text('b'))), 'a\nb', '<p>a<br />b</p>'],
  [
    'markup in the text',
    doc(paragraph(text('<script>alert(1)</script> & "x"'))),
    '<script>alert(1)</script> & "x"',
    '<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;</p>',
  ],
  [
    'marks',
    doc(paragraph(text('now', { type: 'strong' }, { type: 'em' }))),
    'now',
    '<p><em><strong>now</strong></em></p>',
  ],
  [
    'a link',
    doc(paragraph(text('runbook', { type: 'link', attrs: { href: 'https://x.example/?a=1&b=2' } }))),
    'runbook',
    '<p><a href="https://x.example/?a=1&amp;b=2" rel="noreferrer">runbook</a></p>',
  ],
  [
    'a link that would run',
    doc(paragraph(text('x', { type: 'link', attrs: { href: 'javascript:alert(1)' } }))),
    'x',
    '<p>x</p>',
  ],
  [
    'a list',
    doc({ type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('a'))] }] }),
    'a',
    '<ul><li><p>a</p></li></ul>',
  ],
  [
    'a mention',
    doc(paragraph({ type: 'mention', attrs: { id: '5f8a', text: '@Owen Marsh' } })),
    '@Owen Marsh',
    '<p><span class="mention">@Owen Marsh</span></p>',
  ],
  ['a node nobody knows', doc({ type: 'futureBlock', content: [paragraph(text('kept'))] }), 'kept', '<p>kept</p>'],
  ['plain text from an old field', 'as it is', 'as it is', '<p>as it is</p>'],
  ['nothing', null, '', ''],
];

describe('documents', () => {
  test.each(cases)('%s', async (_name, document, plain, markup) => {
    expect(adfToText(document)).toBe(plain);
    expect((await adfToHtml(document)).toString()).toBe(markup);
  });

  test('what a person types comes back as they typed it', () => {
    const line = fc.stringMatching(/^[^\s]([ -~]{0,20}[^\s])?$/);
    const paragraphs = fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(paragraphs, (given) => {
        const typed = given.map((lines) => lines.join('\n')).join('\n\n');
        expect(adfToText(textToAdf(typed))).toBe(typed);
      }),
    );
  });

  test.each([[''], ['  \n '], ['\r\n']])('blank text %j is no document', (blank) => {
    expect(textToAdf(blank)).toBeNull();
  });
});
