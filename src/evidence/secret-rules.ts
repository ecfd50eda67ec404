import type { ScanRule } from './rule';

const secret = (id: string, severity: ScanRule['severity'], pattern: RegExp): ScanRule => ({
  id: `secret-${id}`,
  severity,
  taints: 'match',
  pattern,
});

/**
 * Secrets with a form of their own, each anchored on its issuer's fixed prefix, then keyword rules for those without
 * one. Every repetition is bounded or follows a literal, so a body cannot be built to make the scan slow.
 */
export const SECRET_RULES: readonly ScanRule[] = [
  // The whole block, so that nothing of the key stays behind; up to the end of the text when the END line is missing.
  secret(
    'private-key',
    'high',
    /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{1,40}-----|$)/g,
  ),
  secret('github-token', 'high', /\b(?:gh[oprsu]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/g),
  secret('gitlab-token', 'high', /\bgl(?:pat|ptt|dt|rt|cbt)-[A-Za-z0-9_-]{20,255}/g),
  secret('aws-access-key-id', 'high', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g),
  secret('atlassian-token', 'high', /\b(?:ATATT3|ATCTT3|ATSTT3|ATBB)[A-Za-z0-9_=-]{20,255}/g),
  secret(
    'slack-token',
    'high',
    /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}|\bhooks\.slack\.com\/services\/[A-Za-z0-9/]{20,100}/g,
  ),
  secret('google-api-key', 'high', /\bAIza[A-Za-z0-9_-]{35}/g),
  secret('stripe-key', 'high', /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}/g),
  secret('npm-token', 'high', /\bnpm_[A-Za-z0-9]{36}\b/g),
  secret('pypi-token', 'high', /\bpypi-AgE[A-Za-z0-9_-]{40,255}/g),
  secret('sendgrid-key', 'high', /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/g),
  secret('vault-token', 'high', /\bhv[sb]\.[A-Za-z0-9_-]{24,255}/g),
  secret('digitalocean-token', 'high', /\bdo[opr]_v1_[a-f0-9]{64}/g),
  secret('azure-account-key', 'high', /\bAccountKey=[A-Za-z0-9+/]{40,100}={0,2}/g),
  secret('age-key', 'high', /\bAGE-SECRET-KEY-1[A-Z0-9]{58}/g),
  secret('json-web-token', 'high', /\beyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,1000}/g),
  secret('url-password', 'high', /:\/\/[^\s/:@"']{1,100}:[^\s/@"']{3,200}@/g),
  secret('bearer', 'medium', /\bbearer\s{1,10}[A-Za-z0-9._~+/-]{20,4000}={0,2}/gi),
  secret(
    'aws-secret-key',
    'high',
    /\baws[ _-]?secret[ _-]?(?:access[ _-]?)?key["']?\s{0,10}[:=]\s{0,10}["']?[A-Za-z0-9/+]{40}/gi,
  ),
  // Keyword rules: a name, a separator, a value of some length. `\S{6,}` takes the rest of the word on purpose.
  secret(
    'keyword',
    'medium',
    /\b(?:password|passwd|pre-?shared[ _-]?key|psk|snmp community|api[_ -]?key|client[_ -]?secret|secret[_ -]?access[_ -]?key)\b["']?\s*[:=]\s*\S{6,}/gi,
  ),
];

/** Property names whose value is a secret whatever it looks like. */
export const SECRET_PROPERTY =
  /^(?:password|passwd|psk|pre_?shared_?key|api[_-]?key|client[_-]?secret|secret[_-]?(?:access[_-]?)?key|private[_-]?key|access[_-]?token)$/i;
