import { open, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { nodeFailure } from '../../outcome';
import type { Rim } from '../../rim';
import type { Copy } from '../copy';
import { DestinationProblem, type Destination } from './destination';
import { written } from './written';

/** The version of the Open Cybersecurity Schema Framework that the events are written to. */
export const OCSF_VERSION = '1.2.0';
const SHA_256 = 3;
const FILE_HASH_OBSERVABLE = 8;

/**
 * A copy as an event of OCSF: class Entity Management (3004), activity Read, for what was copied; class Detection Finding
 * (2004), activity Create, for what does not agree. `time` is when it was copied, in epoch milliseconds.
 */
export function ocsfEvent(copy: Copy, time: number): Readonly<Record<string, unknown>> {
  const { name, sha256, kind, change, site, bytes, facts } = copy;
  const common = {
    time,
    metadata: {
      version: OCSF_VERSION,
      uid: sha256,
      log_name: 'change-control-mirror',
      log_provider: site,
      product: { name: 'Change control for Jira', vendor_name: 'Change control for Jira', feature: { name: 'mirror' } },
    },
    observables: [{ name: 'metadata.uid', type: 'Hash', type_id: FILE_HASH_OBSERVABLE, value: sha256 }],
    unmapped: { kind, name, sha256, hash_algorithm_id: SHA_256, size: bytes.length, issueId: change.issueId, ...facts },
  };
  return kind === 'finding' ? findingEvent(copy, common) : entityEvent(copy, common);
}

function entityEvent({ kind, name, sha256, change }: Copy, common: object) {
  return {
    ...common,
    category_uid: 3,
    category_name: 'Identity & Access Management',
    class_uid: 3004,
    class_name: 'Entity Management',
    activity_id: 2,
    activity_name: 'Read',
    type_uid: 300402,
    type_name: 'Entity Management: Read',
    severity: 'Informational',
    severity_id: 1,
    status: 'Success',
    status_id: 1,
    message: `Copied: ${kind} of ${change.key}`,
    entity: { name, uid: change.issueId, type: `change-control ${kind}`, version: sha256 },
  };
}

function findingEvent({ sha256, change, facts }: Copy, common: object) {
  const { code, sentence } = facts;
  return {
    ...common,
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200401,
    type_name: 'Detection Finding: Create',
    severity: 'High',
    severity_id: 4,
    status: 'New',
    status_id: 1,
    message: String(sentence),
    finding_info: {
      uid: sha256,
      title: `${String(code)} ${change.key}`,
      desc: String(sentence),
      types: [String(code)],
    },
  };
}

/**
 * A file of one JSON event a line, which a forwarder picks up. Each copy stands in it once: the file is read before it is
 * added to, and afterwards. A last line that was cut off by a crash is ended first. Whoever may write the file may alter it.
 */
export function ocsfDestination(file: string, rim: Rim): Destination {
  const path = resolve(file);
  const id = `ocsf:${path}`;
  return {
    id,
    put(copy) {
      return written(id, path, copy, async () => {
        const before = await textOf(path);
        const already = holds(before, copy);
        if (!already) await append(path, `${before === '' || before.endsWith('\n') ? '' : '\n'}${lineOf(copy, rim)}`);
        if (!already && !holds(await textOf(path), copy))
          throw new DestinationProblem('not-as-written', `${path} does not hold the event that was added.`);
        return already;
      });
    },
  };
}

const lineOf = (copy: Copy, rim: Rim): string => `${JSON.stringify(ocsfEvent(copy, rim.now()))}\n`;

/** The uid of an event is 64 hexadecimal digits, which stand nowhere else in this form. */
const holds = (text: string, { sha256 }: Copy): boolean =>
  text.split('\n').some((line) => line.includes(`"uid":"${sha256}"`) && line.endsWith('}'));

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (nodeFailure(error)?.code === 'ENOENT') return '';
    throw error;
  }
}

async function append(path: string, text: string): Promise<void> {
  const opened = await open(path, 'a', 0o640);
  try {
    await opened.writeFile(text);
    await opened.sync();
  } finally {
    await opened.close();
  }
}
