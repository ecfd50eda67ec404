import { jsonReader } from '../json-reader';
import { isMembers, listAt, textAt, valueAt, type Members } from '../members';
import type { Statement } from '../reader';
import { counted, readAs, stated } from '../stated';

/**
 * A bill of materials as CycloneDX 1.2 to 1.7 JSON, and what it says of vulnerabilities (VEX): one fact for the document
 * and one for each vulnerability that carries an analysis.
 */
export const cyclonedx = jsonReader(
  'cyclonedx',
  /"bomFormat"\s*:/,
  (document) => textAt(document, 'bomFormat') === 'CycloneDX',
  (document, { file }) => {
    const version = textAt(document, 'specVersion') ?? '';
    if (!/^1\.[2-7]$/.test(version)) return { outcome: 'refused', format: 'cyclonedx', reason: 'version-unknown' };
    const components = listAt(document, 'components');
    const vulnerabilities = listAt(document, 'vulnerabilities').filter(isMembers);
    const analysed = vulnerabilities.filter((one) => textAt(one, 'analysis', 'state') !== undefined);
    const about = nameOf(valueAt(document, 'metadata', 'component'));
    const attributes = {
      version,
      components: String(components.length),
      vulnerabilities: String(vulnerabilities.length),
      tools: toolsOf(document).join(', '),
      serialNumber: textAt(document, 'serialNumber') ?? '',
    };
    const format = components.length === 0 && analysed.length > 0 ? 'cyclonedx-vex' : 'cyclonedx';
    const noun = format === 'cyclonedx' ? 'Bill of materials' : 'Vulnerability statements';
    const count =
      format === 'cyclonedx' ? counted(components.length, 'component') : counted(analysed.length, 'statement');
    const title = `${noun}${about === null ? '' : ` of ${about}`}: ${count}`;
    const at = textAt(document, 'metadata', 'timestamp');
    const id = `sha256:${file.digest}`;
    const hashes = listAt(document, 'metadata', 'component', 'hashes');
    const sha256 = hashes.find((one) => textAt(one, 'alg') === 'SHA-256');
    const whole = stated({
      kind: 'document',
      id,
      title,
      at,
      attributes: { ...attributes, subjectSha256: textAt(sha256, 'content') },
      touches: [about, textAt(document, 'metadata', 'component', 'purl')],
    });
    const statements = [whole, ...analysed.map((one, i) => ofVulnerability(one, `${id}/${i}`, at))];
    return readAs({ format, kind: 'document', title, statements, attributes });
  },
);

function ofVulnerability(one: Members, id: string, at: string | undefined): Statement {
  const name = textAt(one, 'id') ?? 'unnamed vulnerability';
  const state = textAt(one, 'analysis', 'state');
  return stated({
    kind: 'document',
    id,
    title: `${name}: ${state ?? ''}`,
    state,
    at: textAt(one, 'updated') ?? at,
    attributes: { vulnerability: name, justification: textAt(one, 'analysis', 'justification') },
    touches: listAt(one, 'affects').map((affected) => textAt(affected, 'ref')),
  });
}

function nameOf(component: unknown): string | null {
  const name = textAt(component, 'name');
  const version = textAt(component, 'version');
  if (name === undefined) return null;
  return version === undefined || version === '' ? name : `${name}@${version}`;
}

/** A list until 1.4; from 1.5 on an object with components. */
function toolsOf(document: Members): readonly string[] {
  const tools = valueAt(document, 'metadata', 'tools');
  const list = Array.isArray(tools) ? (tools as readonly unknown[]) : listAt(tools, 'components');
  return list.flatMap((one) => nameOf(one) ?? []);
}
