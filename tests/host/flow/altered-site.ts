import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startSite } from '../running-site';
import { Drive } from './drive';

/** A text of a source file that is read as another. */
export interface Replacement {
  readonly file: string;
  /** Has to be there exactly once. */
  readonly from: string;
  readonly to: string;
}

const FOLDER = join('.build', 'guards');

/** Builds and runs sites whose rules and app are as the sources would be after some replacements. */
export class AlteredSites {
  readonly #builder: ChildProcessWithoutNullStreams = spawn(process.execPath, ['.tooling/bundle-altered.mjs']);
  readonly #waiting: ((failure: string | null) => void)[] = [];
  #said = '';

  constructor() {
    mkdirSync(FOLDER, { recursive: true });
    this.#builder.stderr.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    createInterface({ input: this.#builder.stdout }).on('line', (line) => {
      this.#waiting.shift()?.((JSON.parse(line) as { failure: string | null }).failure);
    });
    this.#builder.on('close', () => {
      for (const answer of this.#waiting.splice(0)) answer(`the builds ended:\n${this.#said}`);
    });
  }

  /** Does the work on an empty site of its own. */
  async on<T>(replacements: readonly Replacement[], work: (drive: Drive) => Promise<T>): Promise<T> {
    const root = mkdtempSync(join(FOLDER, 'site-'));
    try {
      await this.#build(root, replacements);
      const site = await startSite({ root });
      try {
        return await work(new Drive(site.base));
      } finally {
        await site.stop();
      }
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }

  end(): void {
    this.#builder.stdin.end();
  }

  #build(out: string, replacements: readonly Replacement[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push((failure) => {
        if (failure === null) resolve();
        else reject(new Error(failure));
      });
      this.#builder.stdin.write(`${JSON.stringify({ out, replacements })}\n`);
    });
  }
}
