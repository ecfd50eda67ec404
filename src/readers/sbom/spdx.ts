import { jsonReader } from '../json-reader';
import { listAt, textAt, valueAt, type Members } from '../members';
import { counted, readAs, stated } from '../stated';

const VERSION = /^SPDX-(2\.[0-3])$/;

/** A bill of materials as SPDX 2.0 to 2.3 JSON: what it describes, by whom it was made, how many packages. */
export const spdx = jsonReader(
  'spdx',
  /"spdxVersion"\s*:/,
  (document) => textAt(document, 'spdxVersion')?.startsWith('SPDX-') === true,
  (document, { file }) => {
    const version = VERSION.exec(textAt(document, 'spdxVersion') ?? '')?.[1];
    if (version === undefined) return { outcome: 'refused', format: 'spdx', reason: 'version-unknown' };
    const name = textAt(document, 'name');
    if (name === undefined || textAt(document, 'SPDXID') !== 'SPDXRef-DOCUMENT') {
      return { outcome: 'refused', format: 'spdx', reason: 'shape' };
    }
    const packages = listAt(document, 'packages');
    const described = describedBy(document, packages);
    const attributes = {
      version,
      packages: String(packages.length),
      files: String(listAt(document, 'files').length),
      tools: creators(document, 'Tool').join(', '),
      namespace: textAt(document, 'documentNamespace') ?? '',
    };
    const title = `Bill of materials of ${name}: ${counted(packages.length, 'package')}`;
    const one = stated({
      kind: 'document',
      id: `sha256:${file.digest}`,
      title,
      at: textAt(document, 'creationInfo', 'created'),
      attributes,
      people: creators(document, 'Person').map((person) => ['creator', personOf(person)] as const),
      touches: described.map((part) => {
        const version = textAt(part, 'versionInfo');
        return `${textAt(part, 'name') ?? ''}${version === undefined ? '' : `@${version}`}`;
      }),
    });
    return readAs({ format: 'spdx', kind: 'document', title, statements: [one], attributes });
  },
);

/** By `documentDescribes`, or by the relationships that replaced it. */
function describedBy(document: Members, packages: readonly unknown[]): readonly unknown[] {
  const ids = new Set<unknown>([
    ...listAt(document, 'documentDescribes'),
    ...listAt(document, 'relationships').flatMap((one) =>
      textAt(one, 'relationshipType') === 'DESCRIBES' && textAt(one, 'spdxElementId') === 'SPDXRef-DOCUMENT'
        ? [valueAt(one, 'relatedSpdxElement')]
        : [],
    ),
  ]);
  return packages.filter((one) => ids.has(valueAt(one, 'SPDXID')));
}

const creators = (document: Members, kind: 'Tool' | 'Person'): readonly string[] =>
  listAt(document, 'creationInfo', 'creators').flatMap((one) =>
    typeof one === 'string' && one.startsWith(`${kind}: `) ? [one.slice(kind.length + 2)] : [],
  );

/** `Name (address)`, where the address may be empty. */
function personOf(text: string): { readonly name: string; readonly email: string } {
  const [, name = text, email = ''] = /^([^()]{0,300})\(([^()]{0,300})\)$/.exec(text) ?? [];
  return { name: name.trim(), email };
}
