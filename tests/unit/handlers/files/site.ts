import type { ChangeSnapshot } from '../../../../src/change/snapshot';
import { beginFile, finishFile, sendPiece } from '../../../../src/handlers/files/hand-in';
import { listFiles } from '../../../../src/handlers/files/list';
import { readFiles } from '../../../../src/handlers/files/read-files';
import { readFileRows } from '../../../../src/handlers/files/rows';
import { recordDelivery } from '../../../../src/handlers/record-delivery';
import { takeInEvidence } from '../../../../src/handlers/take-in-evidence';
import type { FileRowsView, UploadView } from '../../../../src/contract/files';
import type { StoredEntry } from '../../../../src/ledger/entry';
import { sha256Hex } from '../../../../src/ledger/hash';
import type { Job, Ports } from '../../../../src/ports/ports';
import { signedHeaders } from '../../../../src/providers/envelope';
import { snapshotOf, TestSite } from '../../intake/site';

export const ISSUE = '10007';
const SECRET = 'the pipeline of the tests';

/** A record of CloudTrail: who did what to which instance when. */
export const trail = (at: string, user: string, instance: string, id = `${at}.${user}.${instance}`): object => ({
  eventVersion: '1.08',
  userIdentity: { type: 'IAMUser', principalId: 'A', arn: `arn:aws:iam::123456789012:user/${user}`, userName: user },
  eventTime: at,
  eventSource: 'ec2.amazonaws.com',
  eventName: 'ModifyInstanceAttribute',
  awsRegion: 'us-gov-west-1',
  sourceIPAddress: '192.0.2.1',
  userAgent: 'aws-cli',
  requestParameters: { instanceId: instance },
  responseElements: null,
  requestID: id,
  eventID: id,
  readOnly: false,
  eventType: 'AwsApiCall',
  recipientAccountId: '123456789012',
});
export const cloudTrail = (...records: readonly object[]): string => JSON.stringify({ Records: records });

/** A change with a window, an implementer and a system, whose log a pipeline or a person hands in. */
export class FilesSite extends TestSite {
  change: ChangeSnapshot = {
    ...snapshotOf({ id: ISSUE, key: 'CHG-7', project: 'CHG', issueType: 'Change request' }),
    historyComplete: true,
    content: {
      ...snapshotOf({ id: ISSUE, key: 'CHG-7', project: 'CHG', issueType: 'Change request' }).content,
      implementer: 'dana',
      impactedSystems: ['Bastion (i-0aa)'],
      windowStart: '2026-03-02T10:00:00.000Z',
      windowEnd: '2026-03-02T12:00:00.000Z',
    },
  };
  mayEdit = true;
  accountType = 'atlassian';
  private asked = 0;

  readonly app: Ports = {
    ...this.ports,
    secrets: {
      ...this.ports.secrets,
      live: () => Promise.resolve([{ label: 'only', value: SECRET }]),
    },
    jira: {
      ...this.ports.jira,
      mayBrowse: () => Promise.resolve(true),
      mayEdit: () => Promise.resolve(this.mayEdit),
      readDecider: (accountId) =>
        Promise.resolve({ accountId, displayName: 'Dana D', accountType: this.accountType, active: true, groups: [] }),
      readChange: (key) => Promise.resolve(key === 'CHG-7' || key === ISSUE ? this.change : undefined),
    },
  };

  call = (payload: unknown, accountId = 'dana') => ({
    payload,
    accountId,
    issueKey: 'CHG-7',
    projectKey: undefined,
    site: 'example.atlassian.net',
  });

  /** A pipeline hands in whole files. */
  send(contents: readonly object[], kind = 'execution-log', change = 'CHG-7') {
    const body = JSON.stringify({ change, kind, contents, idempotencyKey: `run-${++this.asked}` });
    const nonce = `nonce-${String(this.asked).padStart(20, '0')}`;
    const signed = signedHeaders(SECRET, { timestamp: this.clock.at.getTime() / 1000, nonce, body });
    const headers = Object.fromEntries(Object.entries(signed).map(([name, value]) => [name, [value]]));
    return takeInEvidence(this.app, { method: 'POST', query: { source: ['pipeline'] }, body, headers });
  }

  async work(job: Job): Promise<void> {
    if (job.job === 'record-delivery') await recordDelivery(this.app, job.delivery);
    if (job.job === 'read-files') await readFiles(this.app, job.delivery, job.issueId);
  }

  override async drain(): Promise<void> {
    for (let job = this.queue.shift(); job !== undefined; job = this.queue.shift()) await this.work(job);
  }

  begin = (bytes: Uint8Array, said: object = {}, as = 'dana') =>
    beginFile(
      this.app,
      this.call(
        {
          name: 'trail.json',
          mediaType: 'application/json',
          kind: 'execution-log',
          about: 'What was done in the window',
          size: bytes.length,
          digest: sha256Hex(bytes),
          ...said,
        },
        as,
      ),
    );
  piece = ({ upload, pieceBytes }: UploadView, bytes: Uint8Array, piece: number, as = 'dana') => {
    const base64 = Buffer.from(bytes.subarray(piece * pieceBytes, (piece + 1) * pieceBytes)).toString('base64');
    return sendPiece(this.app, this.call({ upload, piece, base64 }, as));
  };
  finish = ({ upload }: UploadView, as = 'dana') => finishFile(this.app, this.call({ upload }, as));

  /** Everything a person does to hand in a file, and then the jobs. */
  async handIn(content: string | Uint8Array, said: object = {}) {
    const bytes = Buffer.from(content);
    const begun = await this.begin(bytes, said);
    for (let i = 0; i < begun.pieces; i += 1) await this.piece(begun, bytes, i);
    const handed = await this.finish(begun);
    await this.drain();
    return handed;
  }

  list = () => listFiles(this.app, this.call({}));
  rows = async (payload: object = {}): Promise<FileRowsView> => {
    const [first] = (await this.list()).files;
    return readFileRows(this.app, this.call({ file: first?.seq ?? 0, ...payload }));
  };

  async files(): Promise<readonly StoredEntry<'file-read'>[]> {
    return (await this.entries(ISSUE)).filter(
      (stored): stored is StoredEntry<'file-read'> => stored.entry.kind === 'file-read',
    );
  }
}
