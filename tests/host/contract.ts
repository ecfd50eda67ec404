/**
 * How the parts of the local Jira site fit together. Each folder keeps to its side: `jira` is Jira's REST API and
 * workflow engine over the database, `forge` is the Forge platform (handler processes, storage, queues, events, clock,
 * faults, meter), `expressions` is the Jira-expression language, `pages` is what a browser sees, `seed` fills a new
 * site. All of it is a stand-in of ours: what passes here is no proof for Jira Cloud.
 */
import type { DatabaseSync } from 'node:sqlite';

/** The site's one clock: it ticks from where it is put, and everything (delays, TTLs, signature ages) runs on it. */
export interface SiteClock {
  now(): Date;
  /** Moves the clock, backwards too; it ticks on from there. Kept in the database. */
  set(now: Date): void;
  /** Milliseconds to add to the machine's clock; handed to handler processes. */
  offset(): number;
}

/** On whose behalf a REST call is made. `app` is our app's own account; scopes were checked by the caller. */
export type Actor =
  { readonly kind: 'user'; readonly accountId: string } | { readonly kind: 'app' } | { readonly kind: 'anonymous' };

export interface JiraCall {
  readonly method: string;
  /** Path with query, `/rest/api/3/issue/CHG-1?expand=changelog`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly actor: Actor;
}

export interface JiraAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** What `jira` offers to the rest of the site. */
export interface JiraSite {
  /** Every `/rest/…` path; one that is not implemented is a 404 that says so. */
  handle(call: JiraCall): Promise<JiraAnswer>;
  accountIdOf(userName: string): string | undefined;
  /** All people, for the user switcher. */
  people(): readonly {
    readonly userName: string;
    readonly accountId: string;
    readonly displayName: string;
    readonly is: string;
  }[];
  isAdmin(accountId: string): boolean;
  mayBrowseIssue(accountId: string, keyOrId: string): boolean;
  mayBrowseProject(accountId: string, key: string): boolean;
  /** Whether every issue of a project shows this panel of the app: an administrator pinned it. */
  showsPanel(projectKey: string, moduleKey: string): boolean;
  /** A move made by automation: same path through conditions, validators and post functions as the REST call. */
  automation(move: {
    readonly issue: string;
    readonly transition: string;
    readonly actor: string;
  }): Promise<JiraAnswer>;
  /** The Teamwork Graph's answer to a query, for what this person may see and these scopes of the app allow. */
  askGraph(accountId: string, scopes: readonly string[], body: unknown): unknown;
  /** Issue id and project of a key, or undefined; ignores permissions, callers check them. */
  locate(keyOrId: string):
    | {
        readonly id: string;
        readonly key: string;
        readonly projectId: string;
        readonly projectKey: string;
        readonly issueType: string;
      }
    | undefined;
}

/** What Jira's workflow engine and issue service need from the Forge platform. */
export interface ForgeForJira {
  /**
   * Runs a function validator of the manifest with exactly Jira's documented input
   * `{issue:{key}, configuration, transition:{from:{id}, to:{id}, modifiedFields}}`. A crash, a time-out or a bad shape
   * rejects; Jira then refuses the transition with a generic message.
   */
  runValidator(
    moduleKey: string,
    payload: unknown,
  ): Promise<{ readonly result: boolean; readonly errorMessage?: string }>;
  /** Stores the call of a post function durably in the running database transaction; delivered at least once, later. */
  callPostFunction(moduleKey: string, payload: unknown): void;
  /** Stores a product event durably in the running database transaction; delivered at least once, later, unordered. */
  emit(eventType: string, payload: Readonly<Record<string, unknown>>): void;
  /** Workflow-rule modules and custom fields of the manifest, as Jira knows an installed app. */
  readonly modules: ManifestModules;
}

export interface ManifestModules {
  /** `<appId>__LOCAL__<moduleKey>` is the field's key; the numeric `customfield_N` is given by Jira on installation. */
  readonly customFields: readonly {
    readonly key: string;
    readonly moduleKey: string;
    readonly name: string;
    readonly description: string;
    readonly type: string;
    /** Holds several (`collection: list`). */
    readonly list: boolean;
    readonly readOnly: boolean;
    readonly formatter: string | null;
  }[];
  readonly conditions: readonly {
    readonly moduleKey: string;
    readonly ari: string;
    readonly name: string;
    /** What the workflow shows for a configured rule; the static description where it gives nothing. */
    readonly configurationDescription: string | null;
    readonly expression: string;
  }[];
  readonly validators: readonly {
    readonly moduleKey: string;
    readonly ari: string;
    readonly name: string;
    readonly configurationDescription: string | null;
    readonly expression: string | null;
    readonly function: string | null;
    readonly errorMessage: string | null;
  }[];
  readonly postFunctions: readonly {
    readonly moduleKey: string;
    readonly ari: string;
    readonly name: string;
    readonly function: string;
  }[];
}

/** What the platform offers to the HTTP server and the pages. */
export interface ForgePlatform extends ForgeForJira {
  /** Calls the resolver of a surface as this person. Rejects with `InvokeRefusal` when the app refuses. */
  invoke(call: {
    readonly moduleKey: string;
    readonly functionKey: string;
    readonly payload: unknown;
    readonly accountId: string;
    readonly context: { readonly issueKey?: string; readonly projectKey?: string };
  }): Promise<unknown>;
  /**
   * The resolver's own answer, as the bridge hands it to a frame: this app's resolvers answer `{result}` or `{refused}`,
   * which its screens unwrap themselves. Rejects only with what is the platform's: the surface may not be seen, a limit, a
   * crash, a throw.
   */
  invokeRaw(call: Parameters<ForgePlatform['invoke']>[0]): Promise<unknown>;
  webTrigger(
    moduleKey: string,
    request: {
      readonly method: string;
      readonly headers: Readonly<Record<string, readonly string[]>>;
      readonly body: Uint8Array;
      readonly query: string;
    },
  ): Promise<JiraAnswer>;
  scheduled(moduleKey: string): Promise<unknown>;
  drain(): Promise<{ readonly events: number; readonly jobs: number; readonly retries: number }>;
  /** `getContext` of the bridge for a surface, for this person. */
  frameContext(
    moduleKey: string,
    accountId: string,
    context: { readonly issueKey?: string; readonly projectKey?: string },
  ): Record<string, unknown>;
  /** A bridge `fetchProduct` call: Jira's REST API as this person. */
  fetchProduct(
    accountId: string,
    request: {
      readonly method: string;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    },
  ): Promise<JiraAnswer>;
  meter(): unknown;
  stop(): Promise<void>;
}

/** The parts that every folder is given. One database file, each folder with tables under its own prefix. */
export interface SiteParts {
  readonly database: DatabaseSync;
  readonly clock: SiteClock;
  /** Runs `work` in one database transaction; nested calls join the outer one. Synchronous on purpose. */
  transaction<T>(work: () => T): T;
}
