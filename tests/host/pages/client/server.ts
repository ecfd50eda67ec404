/** Calls to the site's own server. The session cookie goes along; a frame never does these itself. */

export class ServerRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    override readonly name = 'Error',
  ) {
    super(message);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

async function open(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json().catch(() => undefined);
  const answer = isRecord(body) ? body : {};
  if (response.ok) return answer;
  const error = isRecord(answer['error']) ? answer['error'] : {};
  const message = typeof error['message'] === 'string' ? error['message'] : `The site answered ${response.status}.`;
  throw new ServerRefusal(response.status, message, typeof error['name'] === 'string' ? error['name'] : 'Error');
}

export const bridgeGet = async (token: string, what: string): Promise<Record<string, unknown>> =>
  open(await fetch(`/bridge/${token}/${what}`, { headers: { accept: 'application/json' } }));

export const bridgePost = async (token: string, what: string, body: unknown): Promise<Record<string, unknown>> =>
  open(
    await fetch(`/bridge/${token}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
