import type { PolicyView } from '../../../../src/contract/policy';
import { savePolicy } from '../../../../src/handlers/policy/save';
import { policyInForce, readSaves, settlePolicy } from '../../../../src/handlers/policy/store';
import { readPolicy } from '../../../../src/handlers/policy/read';
import { Refused } from '../../../../src/handlers/refusal';
import { POLICY_CURRENT_KEY, policyKey } from '../../../../src/ledger/keys';
import { policyDigest } from '../../../../src/policy/digest';
import { DEFAULT_POLICY, type Policy } from '../../../../src/policy/policy';
import type { Ports } from '../../../../src/ports/ports';
import { TestSite } from '../../intake/site';

/** A site as two administrators save its policy. */
export class PolicySite extends TestSite {
  admin = true;

  readonly app: Ports = {
    ...this.ports,
    jira: {
      ...this.ports.jira,
      mayAdminister: () => Promise.resolve(this.admin),
      readGroup: () => Promise.resolve([]),
      readDecider: (accountId) =>
        Promise.resolve({
          accountId,
          displayName: `Name of ${accountId}`,
          accountType: 'atlassian',
          active: true,
          groups: [],
        }),
    },
  };

  save(basedOn: string, edit: Partial<Policy>, by = 'adam', reason = 'As the board decided.'): Promise<PolicyView> {
    return savePolicy(this.app, {
      payload: { basedOn, policy: { ...DEFAULT_POLICY, ...edit }, reason },
      accountId: by,
      issueKey: undefined,
      projectKey: undefined,
      site: 'example.atlassian.net',
    });
  }

  readonly read = (): Promise<PolicyView> => readPolicy(this.app);
  readonly inForce = (): Promise<Policy> => policyInForce(this.app);
  readonly settle = () => settlePolicy(this.app);

  async saves(): Promise<readonly { version: string; previous: string; reason: string }[]> {
    const { entries, breaks } = await readSaves(this.app);
    expect(breaks).toEqual([]);
    return entries.map(({ entry: { body } }) => ({
      version: body.version,
      previous: body.previous,
      reason: body.reason,
    }));
  }

  /** What has to hold at every moment: the policy in force is the default or in the ledger, whole. */
  async expectSound(): Promise<Policy> {
    const policy = await this.inForce();
    const { entries } = await readSaves(this.app);
    if (policy.version === DEFAULT_POLICY.version) expect(policy).toEqual(DEFAULT_POLICY);
    else {
      const entry = entries.find(({ entry: { body } }) => body.version === policy.version);
      expect(entry?.entry.body.policyDigest).toBe(policyDigest(policy));
    }
    for (const { entry } of entries)
      expect(policyDigest((await this.store.get(policyKey(entry.body.version))) as Policy)).toBe(
        entry.body.policyDigest,
      );
    return policy;
  }

  current(): Promise<unknown> {
    return this.store.get(POLICY_CURRENT_KEY);
  }
}

export async function refusalOf(work: Promise<unknown>): Promise<Refused['refusal']> {
  try {
    await work;
  } catch (failure) {
    if (failure instanceof Refused) return failure.refusal;
    throw failure;
  }
  throw new Error('it was not refused');
}
