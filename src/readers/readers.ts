import { REPORT_READERS, signedReaders } from './attested';
import { githubAudit } from './audit-logs/github';
import { gitlabAudit } from './audit-logs/gitlab';
import { microsoftAudit } from './audit-logs/microsoft';
import { oktaAudit } from './audit-logs/okta';
import { auditd } from './auditd/auditd';
import { awsConfig } from './aws-config/aws-config';
import { cloudtrail } from './cloudtrail/cloudtrail';
import type { Content } from './content';
import { openContent } from './open-content';
import { readOther } from './other-file';
import type { HandedIn, Read, Reader } from './reader';
import { NO_TRUST, type Trust } from './signature/trust';
import { terraform } from './terraform/terraform';
import { windows } from './windows/windows';

const STATE_AND_LOGS: readonly Reader[] = [
  terraform,
  cloudtrail,
  awsConfig,
  windows,
  githubAudit,
  gitlabAudit,
  oktaAudit,
  microsoftAudit,
  auditd,
];

/** Every reader, asked in this order: the ones whose marks are unmistakable first. Without keys nobody is known to have signed. */
export const READERS: readonly Reader[] = readersTrusting(NO_TRUST);

/** The same, with keys and roots that were registered, against which they check signatures. */
export function readersTrusting(trust: Trust): readonly Reader[] {
  return [...signedReaders(trust), ...STATE_AND_LOGS, ...REPORT_READERS];
}

/**
 * What a file states. The first reader that knows it answers; a file that none knows is evidence by its digest, size and
 * type. Never throws; takes time linear in the file's size; a file beyond the limits is refused by name.
 */
export function readFile(file: HandedIn, readers: readonly Reader[] = READERS): Answer {
  const content = openContent(file);
  if ('reason' in content) return { outcome: 'refused', format: 'file', reason: content.reason };
  for (const reader of readers) {
    if (!reader.detects(content)) continue;
    const read = reader.read(content);
    if (read.outcome !== 'not-this') return withFindings(read, content);
  }
  return withFindings(readOther(content), content);
}

type Answer = Exclude<Read, { outcome: 'not-this' }>;

const withFindings = (read: Answer, { findings }: Content): Answer =>
  read.outcome === 'read' && findings.length > 0 ? { ...read, findings: [...findings, ...read.findings] } : read;
