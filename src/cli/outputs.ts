import { appendFileSync } from 'node:fs';
import { nodeFailure } from './outcome';

/**
 * Adds lines NAME=value to a file, as GitHub's $GITHUB_OUTPUT and a dotenv report of GitLab's take them. A value is one
 * line, so that none can make up another name. Gives what went wrong; undefined when all is written or no file was named.
 */
export function outputsTo(path: string | undefined, values: Readonly<Record<string, string>>): string | undefined {
  if (path === undefined) return undefined;
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value.replaceAll(/\p{Control}+/gu, ' ')}\n`);
  try {
    appendFileSync(path, lines.join(''));
    return undefined;
  } catch (error) {
    return `The outputs could not be written: ${nodeFailure(error)?.message ?? String(error)}`;
  }
}
