import { readStatements } from '../../src/handlers/files/statements';
import { inspectLedger } from '../../src/ledger/read';
import { readDocument } from '../../src/readers/document';
import { readFile } from '../../src/readers/readers';
import { summaryOf } from '../../src/readers/summary';
import { handedIn } from '../unit/readers/file';
import { FilesSite, ISSUE } from '../unit/handlers/files/site';
import { CORPUS_SETS, EVIDENCE_FILES, type HandedInFile } from './handed-in';

const FILES: readonly HandedInFile[] = [...CORPUS_SETS.flatMap(({ files }) => files), ...EVIDENCE_FILES];

/** Handed in by a person, each on a site of its own; what is recorded has to be what the reader makes of the kept bytes. */
async function handedOver({ name, bytes }: HandedInFile): Promise<readonly string[]> {
  const site = new FilesSite();
  const wrong: string[] = [];
  const is = (holds: boolean, what: string): void => {
    if (!holds) wrong.push(`${name}: ${what}`);
  };
  const { marked } = await site.handIn(bytes, { kind: 'document', name: name.replace(/^.*\//, ''), mediaType: null });
  const { breaks } = await inspectLedger(site.store, ISSUE);
  is(breaks.length === 0, 'the ledger is broken');
  const [file, ...more] = await site.files();
  if (file === undefined || more.length > 0) return [...wrong, `${name}: ${more.length + 1} entries or none`];
  const { body } = file.entry;
  if (marked === 0) {
    const read = readFile(handedIn(bytes, name));
    is(read.outcome === body.outcome && read.format === body.format, `${body.format} instead of ${read.format}`);
    is(read.outcome !== 'refused' || read.reason === body.refusal, `refused as ${String(body.refusal)}`);
  }
  if (body.statementsDigest !== null) {
    const held = await readStatements(site.app, ISSUE, body.statementsDigest);
    const document = held.state === 'held' ? readDocument(held.text) : undefined;
    is(document !== undefined, 'its statements are not held');
    is(summaryOf(document?.statements ?? []).statements === body.statements, 'its statements are not counted right');
  }
  is([...site.keys('unread:'), ...site.keys('file-reading:'), ...site.keys('upload-piece:')].length === 0, 'left over');
  return wrong;
}

it('every file of the corpus ends in an entry: what it states, or why it was refused', async () => {
  const wrong: string[] = [];
  for (const file of FILES) if (file.bytes.length > 0) wrong.push(...(await handedOver(file)));
  expect(wrong).toEqual([]);
  if (FILES.length > 0) expect(FILES.length).toBeGreaterThan(50);
});
