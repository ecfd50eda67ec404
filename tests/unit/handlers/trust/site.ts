import type { FoundKeysView, TrustView } from '../../../../src/contract/trust';
import { readTrustView } from '../../../../src/handlers/trust/read';
import { inspectKeys, registerKeys } from '../../../../src/handlers/trust/register';
import { revokeKey } from '../../../../src/handlers/trust/revoke';
import { digestOf, readTrust, settleTrust, type RegisteredTrust } from '../../../../src/handlers/trust/store';
import { trustKey } from '../../../../src/ledger/keys';
import type { Ports } from '../../../../src/ports/ports';
import { keysInText } from '../../../../src/readers/trust/keys-in-text';
import { TestSite } from '../../intake/site';
import fixture from '../../readers/signed-commits.json';

export const ED = fixture.keys['ssh-ed25519'].trim();
export const EC = fixture.keys['ssh-ecdsa256'].trim();
export const PGP = fixture.keys.rsa;
export const printOf = (text: string): string => keysInText(text).keys[0]?.fingerprint ?? '';

/** A site as administrators register its signing keys. */
export class TrustSite extends TestSite {
  admin = true;

  readonly app: Ports = {
    ...this.ports,
    jira: {
      ...this.ports.jira,
      mayAdminister: () => Promise.resolve(this.admin),
      readGroup: () => Promise.resolve([]),
      readDecider: (accountId) =>
        Promise.resolve(
          accountId === 'nobody'
            ? undefined
            : { accountId, displayName: `Name of ${accountId}`, accountType: 'atlassian', active: true, groups: [] },
        ),
    },
  };

  private call(payload: unknown, accountId: string) {
    return { payload, accountId, issueKey: undefined, projectKey: undefined, site: 'example.atlassian.net' };
  }

  register(basedOn: string, text: string, more: object = {}, by = 'adam'): Promise<TrustView> {
    const key = {
      fingerprint: printOf(text),
      label: 'Ivy’s laptop',
      whose: { kind: 'account', accountId: 'ivy' },
      from: null,
      until: null,
      ...more,
    };
    const payload = { basedOn, source: { form: 'text', text }, keys: [key], reason: 'She signs now.' };
    return registerKeys(this.app, this.call(payload, by));
  }

  registerAs = (payload: object, by = 'adam'): Promise<TrustView> => registerKeys(this.app, this.call(payload, by));

  revoke(basedOn: string, key: string, from: string, by = 'adam'): Promise<TrustView> {
    return revokeKey(this.app, this.call({ basedOn, key, from, reason: 'The laptop is gone.' }, by));
  }

  inspect = (source: object): Promise<FoundKeysView> => inspectKeys(this.app, this.call({ source }, 'adam'));
  readonly read = (): Promise<TrustView> => readTrustView(this.app);
  readonly settle = () => settleTrust(this.app);
  readonly inForce = (): Promise<RegisteredTrust> => readTrust(this.app);

  /** What has to hold at every moment: what is in force is nothing or in the ledger, whole, and every version is there. */
  async expectSound(): Promise<readonly string[]> {
    const { version, trust } = await this.inForce();
    const { saves, breaks } = await this.settle();
    expect(breaks).toEqual([]);
    expect(['none', ...saves.map(({ entry }) => entry.body.version)]).toContain(version);
    for (const { entry } of saves)
      expect(digestOf(await this.store.get(trustKey(entry.body.version)))).toBe(entry.body.trustDigest);
    return trust.allowedSigners.split('\n').flatMap((line) => line.split(' ')[0] || []);
  }
}
