import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openClock } from '../clock';
import type { SiteParts } from '../contract';
import { DataFolderError, openDatabase, type SiteDatabase } from '../database';
import { readManifest } from '../forge/manifest';
import { createForge, type Forge } from '../forge/platform';
import { openJira, type OpenJira } from '../jira/site';
import { workflowEngine } from '../jira/workflow/engine';
import type { SiteOptions } from './options';
import { SiteState } from './site-state';

export interface OpenSite {
  readonly parts: SiteParts;
  readonly forge: Forge;
  readonly jira: OpenJira;
  readonly state: SiteState;
  readonly isNew: boolean;
  close(): Promise<void>;
}

const SOURCES = ['github', 'gitlab', 'bitbucket', 'azure-devops', 'jenkins', 'circleci', 'pipeline', 'gate'];

/** Puts database, clock, platform and Jira together. `--empty`, `--bare` and `--now` act on a new folder only. */
export function openSite(options: SiteOptions, root: string, baseUrl: string): OpenSite {
  const site = openOwnDatabase(options.data);
  const state = new SiteState(site.database);
  const isNew = state.get() !== 'made';
  state.set(isNew ? 'making' : 'made');
  const parts: SiteParts = { database: site.database, transaction: site.transaction, clock: openClock(site.database) };
  if (isNew && options.now !== undefined) parts.clock.set(options.now);
  // Each needs the other; nothing is asked of Jira before it is there.
  const later: { jira?: OpenJira } = {};
  const forge = createForge({
    parts,
    manifest: readManifest(join(root, 'manifest.yml')),
    bundle: join(root, '.build', options.bundle, 'index.cjs'),
    childScript: join(root, '.build', 'host', 'handler.cjs'),
    jira: () => {
      if (later.jira === undefined) throw new Error('Jira is asked before it is there.');
      return later.jira;
    },
    baseUrl: () => baseUrl,
  });
  if (isNew) giveSecrets(forge, parts.clock.now().toISOString());
  const jira = (later.jira = openJira(parts, forge, { baseUrl, kind: options.kind, workflow: workflowEngine(parts) }));
  return {
    parts,
    forge,
    jira,
    state,
    isNew,
    async close() {
      await forge.stop();
      site.close();
    },
  };
}

/** One site a folder: the database is held alone, and the hold ends with the process, however it ends. */
function openOwnDatabase(folder: string): SiteDatabase {
  const site = holdAlone(openDatabase(folder), folder);
  if (new SiteState(site.database).get() !== 'making') return site;
  site.close();
  for (const name of ['site.sqlite', 'site.sqlite-wal', 'site.sqlite-shm']) rmSync(join(folder, name), { force: true });
  return holdAlone(openDatabase(folder), folder);
}

function holdAlone(site: SiteDatabase, folder: string): SiteDatabase {
  try {
    site.database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT');
    return site;
  } catch (cause) {
    site.close();
    throw new DataFolderError(`The data folder ${folder} is in use by another site.`, { cause });
  }
}

/** A new site's secrets of the senders, where the app keeps those that an administrator enters. */
function giveSecrets(forge: Forge, addedAt: string): void {
  for (const source of SOURCES) {
    const value = [{ label: 'initial', value: `local-${source}-secret`, addedAt }];
    forge.storage.call('secret/set', { key: `secret:${source}`, value });
  }
}
