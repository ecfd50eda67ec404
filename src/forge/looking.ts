import type * as z from '#zod';
import type { Looked } from '../gate/health/observed';
import { Unavailable } from '../ports/ports';
import type { Answer } from './jira-http';

export const NOT_AS_DOCUMENTED = 'Jira answered otherwise than documented.';

/** Why something could not be looked at, as a sentence. */
export class Unseen extends Error {
  override readonly name = 'Unseen';
}

/** @throws Unseen unless Jira answered 200 in the documented form. */
export function read<T extends z.ZodMiniType>(shape: T, { status, json }: Answer): z.output<T> {
  if (status !== 200) throw new Unseen(`Jira answered ${status}.`);
  const parsed = shape.safeParse(json);
  if (!parsed.success) throw new Unseen(NOT_AS_DOCUMENTED);
  return parsed.data;
}

/** What was seen, or why it was not. A mistake of ours is thrown: it must not pass for an answer of Jira. */
export async function look<T>(work: () => Promise<T>): Promise<Looked<T>> {
  try {
    return { seen: await work() };
  } catch (failure) {
    if (failure instanceof Unseen) return { unseen: failure.message };
    if (failure instanceof Unavailable) return { unseen: 'Jira did not answer.' };
    throw failure;
  }
}
