import { SECRET_RULES } from '../evidence/secret-rules';
import type { Outcome } from './outcome';
import type { Environment, Rim } from './rim';

/** Names of variables that runners and people give to secrets. A key that only names something is none. */
const SECRET_NAME =
  /SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|PRIVATE_?KEY|ACCESS_?KEY|API_?KEY|SIGNING_?KEY|(?:^|_)(?:PAT|PSK|JWT|AUTH|COOKIE)(?:_|$)/i;
/** Shorter ones are words such as `true`, and a text without them could not be read. */
const MIN_SECRET = 6;
/** `user:password@` of an address, or a token in place of the user. */
const USERINFO = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"'<>]{1,4000}@/gi;
/** Values of parameters of an address that are secrets by their name. */
const PARAMETER =
  /([?&;](?:[a-z0-9_.-]{0,40}(?:token|secret|password|signature|sig|key|auth|code))=)[^\s&#"'<>]{1,8000}/gi;
const MASK = '***';

/**
 * Takes secrets out of what is printed: the values of the environment's variables that hold one by their name or that a
 * verb was told to read, as they are and as an address, a JSON text, base64 or hexadecimal would hold them; credentials
 * inside addresses; and everything that has the form of a secret of a known issuer.
 */
export class Secrets {
  private readonly values: readonly string[];

  constructor(environment: Environment, named: readonly string[] = []) {
    const secret = Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && value.trim().length >= MIN_SECRET && (SECRET_NAME.test(name) || named.includes(name))
        ? [value, ...value.split('\n')]
        : [],
    );
    const trimmed = secret.map((value) => value.trim()).filter(({ length }) => length >= MIN_SECRET);
    this.values = [...new Set(trimmed.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  }

  /** Of a JSON document each string by itself, so that what is left is one still. */
  without(text: string): string {
    return text.startsWith('{') ? (this.ofJson(text) ?? this.ofText(text)) : this.ofText(text);
  }

  private ofJson(text: string): string | undefined {
    try {
      return JSON.stringify(this.ofValue(JSON.parse(text)), null, 2);
    } catch {
      // Not JSON after all.
      return undefined;
    }
  }

  private ofValue(value: unknown): unknown {
    if (typeof value === 'string') return this.ofText(value);
    if (Array.isArray(value)) return value.map((one) => this.ofValue(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [this.ofText(name), this.ofValue(one)]));
  }

  /** Only the values that are known, so that a file of evidence keeps everything else byte for byte. */
  ofEnvironment(text: string): string {
    let out = text;
    for (const value of this.values) out = out.replaceAll(value, MASK);
    return out;
  }

  private ofText(text: string): string {
    let out = this.ofEnvironment(text);
    out = out.replaceAll(USERINFO, `$1${MASK}@`).replaceAll(PARAMETER, `$1${MASK}`);
    for (const { pattern } of SECRET_RULES) out = out.replaceAll(pattern, MASK);
    return out;
  }

  outcome({ exitCode, output, complaint }: Outcome): Outcome {
    return {
      exitCode,
      output: this.without(output),
      ...(complaint === undefined ? {} : { complaint: this.without(complaint) }),
    };
  }

  rim(rim: Rim): Rim {
    return {
      ...rim,
      say: (line) => {
        rim.say(this.without(line));
      },
    };
  }
}

function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8');
  const json = JSON.stringify(value).slice(1, -1);
  return [
    value,
    json,
    encodeURIComponent(value),
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ].filter(({ length }) => length >= MIN_SECRET);
}
