import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../../src/cli/arguments';
import { rimOf } from '../../../../src/cli/rim';
import { sha256Hex } from '../../../../src/ledger/hash';
import { assemblePack } from '../../../../src/pack/assemble';
import { FILES } from '../../../../src/pack/files';
import { zipPack } from '../../../../src/pack/zip';
import { readEnvelope, type Envelope } from '../../../../src/providers/pipeline/envelope';
import { editFile, fileOf } from '../../../golden/bytes';
import { goldenInput } from '../../../golden/input';
import { SECRET, WebTrigger } from '../web-trigger';
import { Authority } from './servers/authority';
import { JIRA_TOKEN, JiraServer, type Issue } from './servers/jira';
import { S3Server } from './servers/s3';

export const NAME = 'CM.L2-3.4.3_CHG-42_pack-0001.zip';
export const ID = '10042';
const ENVIRONMENT = { JIRA_TOKEN, CHANGE_PIPELINE_SECRET: SECRET };

export interface MirrorReport {
  readonly copies?: {
    readonly name: string;
    readonly receipt: { readonly where: string; readonly already: boolean };
  }[];
  readonly findings?: {
    readonly change: string;
    readonly code: string;
    readonly sentence: string;
    readonly name: string;
  }[];
  readonly failures?: string[];
  readonly notes?: string[];
  readonly receipts?: { readonly result: string }[];
  readonly stamps?: unknown[];
  readonly first?: boolean;
}

const issue = (id: string): Issue => ({ id, key: `CHG-${Number(id) - 10_000}`, ledger: '', attachments: [] });

/** Three changes in a Jira, a folder of its own for each test, and everything that a mirror may talk to. */
export class MirrorWorld {
  readonly jira = new JiraServer();
  readonly s3 = new S3Server();
  readonly intake = new WebTrigger();
  readonly authority = new Authority();
  readonly said: string[] = [];
  folder = '';
  clock = 0;
  pack: Uint8Array = Buffer.of();
  /** The same with one word of its ledger altered. */
  altered: Uint8Array = Buffer.of();
  /** The hash of each entry of the ledger in the pack. */
  hashes: readonly string[] = [];
  private manifest = '';

  private get servers() {
    return [this.jira.listener, this.s3.listener, this.intake, this.authority.listener];
  }

  async start(): Promise<void> {
    const input = await goldenInput();
    const files = assemblePack(input);
    this.pack = zipPack(files);
    this.altered = zipPack(editFile(files, FILES.ledger, (text) => text.replace('Wednesday', 'Thursday')));
    this.hashes = input.entries.map(({ hash }) => hash);
    this.manifest = sha256Hex(fileOf(files, FILES.checksums).bytes);
    for (const server of this.servers) await server.start();
  }

  async stop(): Promise<void> {
    for (const server of this.servers) await server.stop();
    this.authority.remove();
  }

  fresh(): void {
    this.folder = mkdtempSync(join(tmpdir(), 'mirror-'));
    this.jira.issues.splice(0, Infinity, ...['10041', ID, '10043'].map(issue));
    this.jira.unfound.clear();
    this.jira.listener.received.length = 0;
    this.intake.bodies.length = 0;
    this.intake.plan([202, { result: 'accepted' }]);
    this.clock = Date.now();
    this.s3.versions.clear();
    this.said.length = 0;
  }

  clean(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  change(): Issue {
    return this.jira.issues.find(({ id }) => id === ID) ?? issue(ID);
  }

  /** What the field holds after so many entries. */
  text(entries: number, hash = this.hashes[entries - 1] ?? '', more = ''): string {
    return `${entries} ${entries === 1 ? 'entry' : 'entries'}, last hash ${hash}${more}`;
  }

  named(number = '0001'): string {
    return `, pack ${number} manifest ${this.manifest}`;
  }

  /** The change has its whole ledger and its pack. */
  withPack(bytes = this.pack): void {
    const one = this.change();
    one.ledger = this.text(this.hashes.length + 1, sha256Hex('the entry that names the pack'), this.named());
    one.attachments = [{ id: '501', filename: NAME, bytes }];
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  receipts(): readonly string[] {
    return ['--evidence-url', this.intake.url];
  }

  async mirror(more: readonly string[] = [], environment: Record<string, string> = {}) {
    const all = { ...ENVIRONMENT, ...environment };
    const words = [
      '--jira',
      this.jira.listener.url,
      '--user',
      'mirror@example.test',
      '--project',
      'CHG',
      '--wait',
      '20',
    ];
    const kept = ['--state', this.path('state.json'), '--folder', this.path('worm'), '--json'];
    const rim = {
      ...rimOf(all),
      now: () => this.clock,
      sleep: (milliseconds: number) => {
        this.clock += milliseconds;
        return Promise.resolve();
      },
      say: (line: string) => void this.said.push(line),
    };
    const outcome = await run(['mirror', ...words, ...kept, ...more], all, rim);
    const report = (outcome.output === '' ? {} : JSON.parse(outcome.output)) as MirrorReport;
    return { ...outcome, report, codes: (report.findings ?? []).map(({ code }) => code) };
  }

  sent(): Envelope[] {
    return this.intake.bodies.map((body) => {
      const read = readEnvelope(JSON.parse(body));
      if (!read.ok) throw new Error(read.reason);
      return read.envelope;
    });
  }
}

/** One for all tests of a file: started and stopped with it, and as new before each. */
export function worldForEach(): MirrorWorld {
  const world = new MirrorWorld();
  beforeAll(() => world.start());
  afterAll(() => world.stop());
  beforeEach(() => {
    world.fresh();
  });
  afterEach(() => {
    world.clean();
  });
  return world;
}
