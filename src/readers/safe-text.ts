import { scanText } from '../evidence/scan';

/** Names of values that are secrets whatever they look like, in configurations and command lines. */
const SECRET_NAME =
  /pass(?:word|wd|phrase)|secret|token|credential|private_?key|(?:api|access|account|shared|encryption|signing)_?key$|connection_?string|user_?data|^psk$|pre_?shared_?key|bind_?pw|community|kubeconfig|license_?key/i;
/** Which are only the names of secrets, or settings about them. */
const NOT_SECRET =
  /(?:_arn|_id|_name|_length|_policy|_type|_version|_ttl|_enabled|_required|_expiration|_age|_days|_url|_uri|_path|_endpoint|_format|_replace_on_change)$/i;

/** Whether a member of this name holds a secret: `master_password` does, `password_policy` does not. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name) && !NOT_SECRET.test(name);

/** Text of at most `limit` characters without secrets and markings, and how many were taken out. */
export function safeText(text: string, limit: number): { readonly text: string; readonly redacted: number } {
  const hits = scanText(text);
  if (hits.length === 0) return { text: shortened(text, limit), redacted: 0 };
  const tainting = hits.find(({ rule }) => rule.taints === 'text');
  if (tainting !== undefined) return { text: `[redacted: ${tainting.rule.id}]`, redacted: 1 };
  const sorted = [...hits].sort((a, b) => a.start - b.start);
  let out = '';
  let from = 0;
  for (const { rule, start, end } of sorted) {
    if (end <= from) continue;
    if (start >= from) out += `${text.slice(from, start)}[redacted: ${rule.id}]`;
    from = end;
  }
  return { text: shortened(out + text.slice(from), limit), redacted: hits.length };
}

/** Text that any JSON can carry: half a surrogate pair is none. */
export const wellFormed = (text: string): string =>
  text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

const shortened = (text: string, limit: number): string =>
  wellFormed(text.length > limit ? `${text.slice(0, limit)}… (${text.length} characters)` : text);
