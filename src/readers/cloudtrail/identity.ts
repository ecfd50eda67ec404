import type { Person } from '../../ledger/entry';
import { firstText, present, textAt, type Members } from '../wire';

/**
 * Who made a call (AWS CloudTrail user guide, "CloudTrail userIdentity element"). Of an assumed role it is the session's
 * name: what the identity provider or the caller put there, so claimed; a source identity cannot be changed later and
 * goes first. Null for AWS services.
 */
export function callerOf(record: Members): Person | null {
  const identity = record['userIdentity'];
  const type = textAt(identity, 'type');
  if (type === 'AWSService' || type === 'AWSAccount') return null;
  if (type === 'Root') return { login: 'root' };
  const name =
    textAt(identity, 'sessionContext', 'sourceIdentity') ??
    (type === 'AssumedRole' || type === 'FederatedUser' ? sessionName(textAt(identity, 'arn')) : null) ??
    firstText(textAt(identity, 'userName'), sessionName(textAt(identity, 'arn')), textAt(identity, 'principalId'));
  if (name === null) return null;
  return name.includes('@') ? { login: name, email: name } : { login: name };
}

/** `arn:aws:sts::123456789012:assumed-role/Deployer/dana@example.test` → `dana@example.test`. */
const sessionName = (arn: string | null): string | null => /\/([^/]+)$/.exec(arn ?? '')?.[1] ?? null;

/** What kind of identity it was and through which role; no name of a person. */
export function identityAttributes(record: Members): Readonly<Record<string, string>> {
  const identity = record['userIdentity'];
  return present({
    identity: textAt(identity, 'type'),
    role: textAt(identity, 'sessionContext', 'sessionIssuer', 'arn'),
    service: textAt(identity, 'invokedBy'),
    mfa: textAt(identity, 'sessionContext', 'attributes', 'mfaAuthenticated'),
    account: firstText(textAt(record, 'recipientAccountId'), textAt(identity, 'accountId')),
  });
}
