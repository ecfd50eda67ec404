import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile } from '../../src/readers/readers';
import { handedIn } from '../unit/readers/file';
import { corpusFolder } from './corpus';

/** By the publishers' own description of each file, not by what the readers say: format, state or count of what it holds. */
const EVIDENCE: Readonly<Record<string, readonly [format: string, facts: number, about: string]>> = {
  'checkmarx-multi-run.sarif': ['sarif', 2, 'Checkmarx One'],
  'checkmarx.sarif': ['sarif', 1, 'Checkmarx One'],
  'report.sarif': ['sarif', 1, 'tfsec'],
  'junit.xml': ['junit', 2, '9 tests'],
  'csaf_security_advisory.json': ['csaf', 5, 'Red Hat'],
  'csaf_vex_v0.2.0.json': ['csaf-vex', 2, 'Example VEX Document Use Case 1 - Affected'],
  'openvex_v0.2.0.json': ['openvex', 5, 'The OpenVEX Project'],
  'sbom-spdx-container.json': ['spdx', 1, 'control-plane'],
  'sbom-spdx-with-described-package.json': ['spdx', 1, 'my-app'],
  'sbom.cyclonedx-1.5-multiple-tools.json': ['cyclonedx', 1, ''],
};
const folders = [
  ['evidence-files', /(?<!NOTES)\.\w+$/],
  ['dsse-intoto', /\.(?:json|sigstore)$/],
  ['commit-signatures', /\.commit$/],
] as const;

const rows: string[] = [];
afterAll(() => process.stdout.write(['set, file, outcome', ...rows, ''].join('\n')));

describe.each(folders)('%s', (set, wanted) => {
  const folder = corpusFolder(set);
  (folder === undefined ? it.skip : it)('every file is evidence or refused by name', () => {
    const root = folder ?? '';
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => wanted.test(file) && !/^index\.json$|conformance/.test(file),
    );
    for (const file of files.sort()) {
      const read = readFile(handedIn(readFileSync(join(root, file)), file));
      const outcome =
        read.outcome === 'read' ? `${read.format}: ${read.title}` : `refused: ${read.format} ${read.reason}`;
      rows.push(`  ${set.padEnd(18)} ${file.slice(0, 52).padEnd(54)} ${outcome}`);
      expect([file, read.outcome]).toEqual([file, 'read']);
      if (read.outcome !== 'read') continue;
      const rule = set === 'evidence-files' ? (EVIDENCE[file] ?? ['other-file', 1, file]) : undefined;
      if (rule !== undefined) {
        const [format, facts, about] = rule;
        expect([file, read.format, read.statements.length]).toEqual([file, format, facts]);
        expect(read.title).toContain(about);
      }
      if (set === 'commit-signatures') {
        expect(read.statements[0]).toMatchObject({ kind: 'commit-signature', state: 'signed-signer-unknown' });
        expect(`${read.statements[0]?.id ?? ''}.commit`).toBe(file.split('/').at(-1));
      }
      if (file.endsWith('.sigstore')) {
        expect([file, read.format, read.statements[0]?.state]).toEqual([file, 'sigstore', 'signed-signer-unknown']);
      }
      expect(JSON.stringify(read)).not.toContain('"verified"');
    }
  });
});
