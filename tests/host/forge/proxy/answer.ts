import type { ExitAnswer } from '../process/messages';

export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ExitAnswer {
  const text = body === undefined ? '' : JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: text };
}

/** A refusal that the SDK turns into an error of its own: `NEEDS_AUTHENTICATION_ERR`, or any other reason. */
export const proxyError = (status: number, reason: string): ExitAnswer =>
  jsonAnswer(status, { code: reason, message: reason }, { 'forge-proxy-error': reason });
