import { noise } from '../log-reader';
import type { Read, Reader } from '../reader';
import { isMembers, type Members } from '../wire';
import { isPlan, readPlan } from './plan';
import { isShownState, isStateFile, readShownState, readStateFile } from './state';

const MARK = /"format_version"\s*:\s*"[\s\S]{0,2000}"terraform_version"|"planned_values"\s*:|"lineage"\s*:/;
const MARK_WITHIN = 20_000;

/**
 * Terraform and OpenTofu: plans and states in their JSON form, out of whatever the command line printed around them.
 * Refused: `not-json` (cut off or edited), `version-unknown` (no `format_version`, or one of another major version: the
 * documentation forbids to read those), `shape`.
 */
export const terraform: Reader = {
  name: 'terraform',
  detects: ({ json, text }) => json.values.some(isOurs) || (json.broken > 0 && MARK.test(text.slice(0, MARK_WITHIN))),
  read({ json }) {
    const documents = json.values.filter(isOurs);
    const [document] = documents;
    if (document === undefined || (json.broken > 0 && json.form !== 'lines')) return refused('not-json');
    const read = readDocument(document);
    if (read.outcome !== 'read') return read;
    const others = documents.length - 1;
    return {
      ...read,
      findings: [...noise(json), ...severalFinding(others), ...read.findings],
      complete: read.complete && others === 0,
    };
  },
};

const isOurs = (value: unknown): value is Members =>
  isMembers(value) && (isPlan(value) || isShownState(value) || isStateFile(value));

function readDocument(document: Members): Read {
  if (isStateFile(document)) return readStateFile(document);
  const version = document['format_version'];
  if (typeof version !== 'string' || !/^[01]\.\d{1,6}$/.test(version)) return refused('version-unknown');
  return isShownState(document) ? readShownState(document) : readPlan(document);
}

const severalFinding = (others: number): Extract<Read, { outcome: 'read' }>['findings'] =>
  others === 0
    ? []
    : [
        {
          code: 'not-read-whole',
          sentence: `${others} further plans or states in the file were not read; hand in each.`,
        },
      ];

const refused = (reason: 'not-json' | 'version-unknown'): Read => ({ outcome: 'refused', format: 'terraform', reason });
