import * as z from '#zod';
import { JIRA_PARTS } from '../../ledger/jira-entries';
import { FILES } from '../files';
import { fromJiraBreaks, type FromJiraPart } from '../from-jira';
import { count } from '../text';
import { readStoredEntries } from './health';
import { jsonIn, type OpenedPack } from './opened';
import type { Findings } from './outcome';

/** The ledger of what Jira showed of the change is whole from its first entry on, and opens what it says. */
export function checkFromJira(pack: OpenedPack, findings: Findings): void {
  findings.check('from-jira', (report) => {
    const bytes = pack.files.get(FILES.fromJira);
    if (bytes === undefined) return 'the pack is from before Jira was read for more than fields and history';
    const json = jsonIn(bytes);
    const part = 'value' in json ? readFromJira(json.value) : undefined;
    if (part === undefined) {
      report(FILES.fromJira, 'is not the ledger of what Jira showed');
      return { notDone: `${FILES.fromJira} cannot be read` };
    }
    for (const sentence of fromJiraBreaks(part, pack.manifest?.change.issueId ?? '')) report(FILES.fromJira, sentence);
    return `${count(part.entries.length, 'entry', 'entries')} of the ledger of what Jira showed`;
  });
}

const outside = z.strictObject({
  entries: z.array(z.unknown()),
  lastRead: z.nullable(
    z.strictObject({
      readAt: z.string(),
      parts: z.array(
        z.strictObject({
          part: z.enum(JIRA_PARTS),
          complete: z.boolean(),
          found: z.number(),
          because: z.nullable(z.string()),
        }),
      ),
    }),
  ),
  breaksAtExport: z.array(z.string()),
});

/** The value of the file; undefined when it has another form. */
export function readFromJira(value: unknown): FromJiraPart | undefined {
  const read = outside.safeParse(value).data;
  const entries = readStoredEntries(value);
  return read === undefined || entries === undefined ? undefined : { ...read, entries };
}
