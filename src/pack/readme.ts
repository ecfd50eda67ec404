import { fileExceptions } from './file-exceptions';
import { FILES, RENDERER, describeFile } from './files';
import type { PackFacts } from './facts';
import { count, utc } from './text';
import { HASHING_TOOL, HEADER, LIMITS, REQUIREMENT, objectives } from './words';

const WIDTH = 100;

/** The cover sheet as plain text. */
export function readmeText(facts: PackFacts, names: readonly string[]): string {
  const { input, head, completeness } = facts;
  const { snapshot, entries, verdict } = input;
  const gaps = completeness.sought.flatMap(({ missing }) => missing).length;
  return [
    `EVIDENCE PACK  ${snapshot.key}`,
    ...wrap(snapshot.content.summary),
    '',
    ...wrap(HEADER),
    '',
    ...wrap(`Requirement: CM.L2-3.4.3 (NIST SP 800-171 Revision 2, 3.4.3): ${REQUIREMENT}`),
    '',
    `Jira site        ${input.site}`,
    `Change           ${snapshot.key} (issue id ${snapshot.issueId}), status ${snapshot.status} at export`,
    `Exported         ${utc(input.generatedAt)}`,
    `Exported by      ${input.exportedBy.displayName} (account ${input.exportedBy.accountId})`,
    `App version      ${input.appVersion}, ${RENDERER}`,
    `Policy           ${verdict.policyVersion}`,
    `Ledger           ${count(entries.length, 'entry', 'entries')}, last hash`,
    `                 ${head}`,
    `Exceptions       ${verdict.exceptions.length + fileExceptions(facts).length}, see ${FILES.exceptions}`,
    `Gaps             ${gaps}, see ${FILES.completeness}`,
    '',
    'WHAT THE RECORDS SAY',
    ...objectives(facts).flatMap(({ key, text, sentence }) => ['', `3.4.3[${key}] ${text}`, ...wrap(sentence, '  ')]),
    '',
    'FILES',
    '',
    ...names.flatMap((name) => [`  ${name}`, ...wrap(describeFile(name)?.title ?? '', '      ')]),
    `  ${FILES.manifest}`,
    '      What the pack is made of: every file with its size and SHA-256',
    `  ${FILES.checksums}`,
    '      The same digests, one line a file, for sha256sum',
    '',
    'HOW TO CHECK IT',
    '',
    ...wrap(
      `1. sha256sum -c ${FILES.checksums} (Linux), or shasum -a 256 -c ${FILES.checksums} (macOS), in the unpacked folder.`,
      '  ',
    ),
    ...wrap('2. Offline, everything recomputed: npm run -s cli -- verify PACK.zip', '  '),
    ...wrap(
      `3. By hand: the SHA-256 of a line of ${FILES.ledger}, without its line feed, is the "prev" of the next line.`,
      '  ',
    ),
    ...wrap(
      'The format is described in src/pack/FORMAT.md of the app, well enough to write a verifier of your own.',
      '  ',
    ),
    '',
    ...wrap(HASHING_TOOL),
    '',
    'LIMITS',
    '',
    ...LIMITS.flatMap((limit) => wrap(`- ${limit}`, '  ')),
    '',
  ].join('\n');
}

function wrap(text: string, indent = ''): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(/\s+/)) {
    if (line.length > indent.length && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return [...lines, line];
}
