import { attempt, type Drive } from './drive';
import type { Who } from './everybody.table';

/** A way in: what somebody does on a change that should stay closed to them. Answers what they were told. */
export interface Way {
  readonly name: string;
  /** Done by an administrator before anybody comes, to those who could decide: what they were is then known of them. */
  readonly before?: (drive: Drive, key: string, account: string, site: Site) => Promise<void>;
  /** Done by an administrator right before somebody comes who could decide. */
  readonly justBefore?: (drive: Drive, key: string, account: string) => Promise<void>;
  readonly act: (drive: Drive, key: string, who: Who, site: Site) => Promise<number>;
  /** Done afterwards, as somebody who covers the traces would. */
  readonly after?: (drive: Drive, key: string, account: string) => Promise<void>;
  /** Answers that a refusal may have. */
  readonly refusals: readonly number[];
  /** Whether those whom the table names may use it; otherwise nobody may. */
  readonly open: 'approves' | 'signs' | 'nobody';
  /** Whose way it would be, were it not for what was swapped. */
  readonly of?: 'approves' | 'signs';
}

/** Ids of this site, read once. */
export interface Site {
  readonly approve: string;
  readonly decisionState: string;
  readonly participants: string;
  readonly accounts: Readonly<Record<string, string>>;
}

const transition = (drive: Drive, key: string, who: Who, { approve }: Site, fields: object = {}): Promise<number> =>
  answer(drive, who, 'POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: approve }, fields });

async function answer(drive: Drive, who: Who, method: string, path: string, body: unknown): Promise<number> {
  return (await attempt(() => drive.as(who).request(method, path, body))).status;
}

/** Some may not be assigned or report anything: they stay who they were. */
const become =
  (field: 'reporter' | 'assignee') =>
  async (drive: Drive, key: string, account: string): Promise<void> => {
    const fields = { [field]: { accountId: account } };
    await attempt(() => drive.as('admin').request('PUT', `/rest/api/3/issue/${key}`, { fields }));
  };

/** Out of the person's hands again before they come: what they were is in the changelog alone. */
export const swapped =
  (field: 'reporter' | 'assignee') =>
  async (drive: Drive, key: string, account: string, { accounts }: Site): Promise<void> => {
    await become(field)(drive, key, account);
    await become(field)(drive, key, accounts['requester'] ?? '');
  };

export const WAYS: readonly Way[] = [
  {
    name: 'sign-off in the panel',
    act: async (drive, key, who) =>
      (await attempt(() => drive.as(who).decide(key, 'approved', 'Read, and agreed to.'))).status,
    refusals: [403, 404, 409],
    open: 'signs',
  },
  {
    name: 'Approve over REST',
    act: (drive, key, who, site) => transition(drive, key, who, site),
    refusals: [400, 404],
    open: 'approves',
  },
  {
    name: 'Approve in bulk',
    act: async (drive, key, who, { approve }) => {
      const body = { bulkTransitionInputs: [{ selectedIssueIdsOrKeys: [key], transitionId: approve }] };
      return (await attempt(() => drive.bulk(who, body))).status;
    },
    // The task is taken on and says of each issue whether it was moved.
    refusals: [200, 400, 403],
    open: 'approves',
  },
  {
    name: 'Approve by automation acting for them',
    act: (drive, key, who) =>
      answer(drive, 'admin', 'POST', '/forge/automation', { issue: key, transition: 'Approve', actor: who }),
    refusals: [400, 403, 404],
    open: 'approves',
  },
  {
    name: 'the decision state written as an issue property',
    act: async (drive, key, who) => {
      const value = { decisionState: 'Approved | missing=0', decided: true, open: true };
      const path = `/rest/api/3/issue/${key}/properties/change-control.decision-state`;
      const status = await answer(drive, who, 'PUT', path, value);
      return status === 200 ? 201 : status;
    },
    // Whoever may edit an issue may write its properties: nothing reads them.
    refusals: [201, 403, 404],
    open: 'nobody',
  },
  {
    name: 'the read-only fields written over the app field route',
    act: async (drive, key, who, { decisionState, participants }) => {
      const { id } = (await drive.as('admin').request('GET', `/rest/api/3/issue/${key}?fields=status`)) as {
        id: string;
      };
      return answer(drive, who, 'POST', '/rest/api/3/app/field/value', {
        updates: [
          { customField: decisionState, issueIds: [Number(id)], value: 'Approved | missing=0' },
          { customField: participants, issueIds: [Number(id)], value: ',' },
        ],
      });
    },
    refusals: [401, 403],
    open: 'nobody',
  },
  {
    name: 'the read-only fields edited',
    act: (drive, key, who, { decisionState }) =>
      answer(drive, who, 'PUT', `/rest/api/3/issue/${key}`, { fields: { [decisionState]: 'Approved | missing=0' } }),
    refusals: [400, 403, 404],
    open: 'nobody',
  },
  {
    name: 'Approve with the reporter swapped on the screen',
    of: 'approves',
    justBefore: become('reporter'),
    act: (drive, key, who, site) =>
      transition(drive, key, who, site, { reporter: { accountId: site.accounts['requester'] } }),
    refusals: [400, 404],
    open: 'nobody',
  },
  {
    name: 'Approve with the assignee swapped on the screen',
    of: 'approves',
    justBefore: become('assignee'),
    act: (drive, key, who, site) =>
      transition(drive, key, who, site, { assignee: { accountId: site.accounts['requester'] } }),
    refusals: [400, 404],
    open: 'nobody',
  },
  {
    name: 'Approve with the reporter swapped before and back afterwards',
    of: 'approves',
    before: swapped('reporter'),
    act: (drive, key, who, site) => transition(drive, key, who, site),
    after: become('reporter'),
    refusals: [400, 404],
    open: 'nobody',
  },
  {
    name: 'sign-off with the assignee swapped before and back afterwards',
    of: 'signs',
    before: swapped('assignee'),
    act: async (drive, key, who) =>
      (await attempt(() => drive.as(who).decide(key, 'approved', 'Not mine any more.'))).status,
    after: become('assignee'),
    refusals: [403, 404],
    open: 'nobody',
  },
];
