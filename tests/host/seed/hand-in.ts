import { createHmac, randomBytes } from 'node:crypto';

/** A file as an envelope carries it whole. */
export interface HandedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/** The headers of our own senders, made as the published format has it and by nothing of the app. */
function signed(secret: string, at: Date, body: string): Record<string, string> {
  const time = String(Math.floor(at.getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const mac = createHmac('sha256', secret).update(`${time}.${nonce}.${body}`).digest('hex');
  return {
    'Content-Type': 'application/json',
    'X-Change-Timestamp': time,
    'X-Change-Nonce': nonce,
    'X-Change-Signature': `sha256=${mac}`,
  };
}

async function post(base: string, path: string, secret: string, at: Date, payload: object): Promise<Response> {
  const body = JSON.stringify(payload);
  return fetch(`${base}/forge/webtrigger/${path}`, { method: 'POST', headers: signed(secret, at, body), body });
}

/** Hands in a signed envelope; fails unless it is accepted. `at` is the site's clock. */
export async function handIn(base: string, at: Date, envelope: object): Promise<void> {
  const response = await post(base, 'evidence-intake?source=pipeline', 'local-pipeline-secret', at, envelope);
  if (response.status !== 202)
    throw new Error(
      `an envelope was answered ${response.status}: ${await response.text()}\n${JSON.stringify(envelope)}`,
    );
}

export interface Question {
  readonly change: string;
  readonly environment: string;
  readonly commits: readonly string[];
  readonly artifacts?: readonly string[];
  readonly actor: { readonly name: string; readonly email: string };
}

/** Asks the deploy gate; answers its verdict, such as `blocked-window`. `at` is the site's clock. */
export async function askGate(base: string, at: Date, question: Question): Promise<string> {
  const response = await post(base, 'deploy-gate', 'local-gate-secret', at, question);
  return ((await response.json()) as { verdict: string }).verdict;
}
