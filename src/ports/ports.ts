import type { ModifiedChange } from '../change/from-jira';
import type { ChangeSnapshot, AccountId } from '../change/snapshot';
import type { FieldIds } from '../change/fields';
import type { FoundAccount } from '../gate/deployer';
import type { Decider } from '../policy/policy';
import type { ControlState } from './control-state';
import type { JiraRecords } from './jira-records';
import type { Notices } from './notices';
import type { Publishing } from './publishing';

/** Key-value storage with an atomic create-once. `get` is strongly consistent; `list` is not and may lag behind. */
export interface Store {
  get(key: string): Promise<unknown>;
  /** The values in the order of the keys; undefined where there is none. Strongly consistent like `get`. */
  getMany(keys: readonly string[]): Promise<readonly unknown[]>;
  /**
   * Writes only if the key is free. 'created' means durable; 'exists' means somebody else's value is there. An
   * ambiguous failure is settled by reading back: a value equal to ours counts as created.
   */
  create(key: string, value: unknown, options?: { readonly ttlSeconds?: number }): Promise<'created' | 'exists'>;
  set(key: string, value: unknown, options?: { readonly ttlSeconds?: number }): Promise<void>;
  delete(key: string): Promise<void>;
  /** Keys with the prefix, in order; `cursor` pages on. Eventually consistent. */
  list(
    prefix: string,
    cursor?: string,
  ): Promise<{ readonly items: readonly { readonly key: string; readonly value: unknown }[]; readonly next?: string }>;
}

export interface Secrets {
  /** The live secrets of a sender, newest first, each with a label that may be shown. */
  live(source: string): Promise<readonly LiveSecret[]>;
  /** Replaces a sender's live secrets, all at once. */
  replace(source: string, secrets: readonly LiveSecret[]): Promise<void>;
}

export interface LiveSecret {
  readonly label: string;
  readonly value: string;
  /** UTC ISO 8601; absent for a secret that was there before its age was kept. */
  readonly addedAt?: string | undefined;
}

export interface Jira {
  /**
   * Reads a change as the app, in at most three calls; `historyComplete` says whether they brought every entry of the
   * changelog that counts. `whole` has every entry, however many calls that takes: for who does not wait. Undefined when
   * Jira does not show it to the app.
   */
  readChange(keyOrId: string, how?: 'whole'): Promise<ChangeSnapshot | undefined>;
  /**
   * As `readChange`, with what the values of a transition's screen make of it (`modifiedFields` as Jira hands them to a
   * function validator); both by the same policy's ids.
   */
  readChangeOnScreen(
    keyOrId: string,
    modifiedFields: unknown,
  ): Promise<{ readonly stored: ChangeSnapshot; readonly screen: ModifiedChange } | undefined>;
  /** Whether the invoking person may browse the issue; asked of Jira as that person. */
  mayBrowse(key: string): Promise<boolean>;
  /** Whether the invoking person may edit the issue, which is what working on it takes; asked of Jira as that person. */
  mayEdit(key: string): Promise<boolean>;
  /** Performs a transition by name as the invoking person; Jira's own messages when it refuses. */
  transitionAsUser(
    key: string,
    name: string,
  ): Promise<{ readonly moved: boolean; readonly messages: readonly string[] }>;
  mayAdminister(): Promise<boolean>;
  /**
   * A person with groups, or undefined when Jira knows no such account. A group that the policy holds by id has the name
   * that the policy gives it, whatever it is called now.
   */
  readDecider(accountId: AccountId): Promise<Decider | undefined>;
  /** Everybody in a group with their account type, by its id where one is given; their only group is `group`. */
  readGroup(group: string, groupId?: string | null): Promise<readonly Decider[]>;
  /** What these groups are called now, by id; a group that does not exist any more is absent. */
  groupNames(groupIds: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** The one account that a text such as "owner" names by account id, display name or local part of the e-mail. */
  findPerson(text: string): Promise<{ readonly accountId: AccountId; readonly displayName: string } | undefined>;
  /** Every account that Jira's search finds for a text, read as the app; it looks at display names and e-mails. */
  searchAccounts(text: string): Promise<readonly FoundAccount[]>;
  fieldIds(): Promise<FieldIds>;
  /** Jira's list of fields as it answers it to the invoking person; see change/field-ids for reading it. */
  fieldList(): Promise<unknown>;
  /** The name of a status as the invoking person sees it; undefined when there is none of this id. */
  statusName(id: string): Promise<string | undefined>;
  /** The site's custom fields and statuses, as the invoking person sees them. */
  customFields(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  statuses(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Groups whose names contain a text, as the invoking person sees them. */
  findGroups(query: string): Promise<{
    readonly groups: readonly { readonly groupId: string; readonly name: string }[];
    readonly complete: boolean;
  }>;
  /** Writes the read-only fields of a change; `waitingFor` only where the site has that field. */
  writeGateFields(
    issueId: string,
    values: {
      readonly participants: string;
      readonly decisionState: string;
      readonly waitingFor: readonly AccountId[];
    },
  ): Promise<void>;
  /** Keys of the changes of a project, newest first, for the register. `complete` is false when the list was cut. */
  listChanges(
    project: string,
    limit: number,
  ): Promise<{ readonly keys: readonly string[]; readonly complete: boolean }>;
  /** Issues of a project as the app sees them, oldest first, a page at a time; `token` goes on where a page ended. */
  listOldest(
    project: string,
    issueTypes: readonly string[],
    token?: string,
  ): Promise<{ readonly issueIds: readonly string[]; readonly next?: string }>;
  /** Creates a change as the invoking person, with an issue property that says what for; Jira's own refusal otherwise. */
  createChange(change: NewChange): Promise<CreatedChange>;
  /** The newest change that somebody created with this mark within the last day, as Jira's search shows it to the app. */
  findMarked(project: string, creator: AccountId, mark: string): Promise<IssueRef | undefined>;
}

export interface NewChange {
  readonly project: string;
  readonly issueType: string;
  readonly changeType: string;
  readonly summary: string;
  /** Paragraphs. */
  readonly description: readonly string[];
  /** Kept in an issue property, so that the issue is found again when the answer was lost. */
  readonly mark: string;
}

export interface IssueRef {
  readonly issueId: string;
  readonly key: string;
}

export type CreatedChange =
  | ({ readonly created: true } & IssueRef)
  | { readonly created: false; readonly status: number; readonly messages: readonly string[] };

/** The site could not answer now; the same call later may work. Every port rejects with it or with a bug. */
export class Unavailable extends Error {
  constructor(
    readonly of: 'storage' | 'jira' | 'queue',
    message: string,
    options?: { readonly cause: unknown },
  ) {
    super(message, options);
    this.name = 'Unavailable';
  }
}

/** Work done later, at least once. The consumer must be idempotent. */
export interface Jobs {
  push(job: Job, options?: { readonly delaySeconds?: number; readonly onePerKey?: string }): Promise<void>;
}

export type Job =
  | { readonly job: 'record-delivery'; readonly delivery: string }
  /** Reads the files that came whole with a delivery, for one of the changes that they concern. */
  | { readonly job: 'read-files'; readonly delivery: string; readonly issueId: string }
  /** `run` names the run that queued it, whose jobs read the groups once for all of them. */
  | { readonly job: 'refresh-change'; readonly issueId: string; readonly run?: string | undefined }
  /** Queues a refresh of every known change. */
  | { readonly job: 'refresh-all' }
  /** `attempt` counts from 0 how often Jira's changelog was asked for the move and did not show it. */
  | { readonly job: 'record-transition'; readonly transition: ReportedTransition; readonly attempt: number }
  /** One page of a project's existing issues. */
  | { readonly job: 'adopt'; readonly project: string }
  | { readonly job: 'assemble-pack'; readonly issueId: string; readonly pack: string };

/** What our post function was told about a transition. */
export interface ReportedTransition {
  readonly issueId: string;
  readonly actor: AccountId;
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly executionId: string;
  readonly historyId: string | null;
}

export interface Licence {
  /** Whether the customer's licence of the app is there and no longer active. */
  lapsed(): boolean;
}

export interface Clock {
  now(): Date;
}

export interface Randomness {
  /** 32 bytes, lower-case hexadecimal. */
  salt(): string;
  /** A fresh identifier, sortable by nothing. */
  id(): string;
}

export interface Log {
  info(event: string, detail: Readonly<Record<string, string | number | boolean | null>>): void;
  error(event: string, cause: unknown): void;
}

/** Everything a handler needs; src/forge/compose.ts builds it on Forge, tests build it on fakes. */
export interface Ports {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly jira: Jira;
  readonly control: ControlState;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  /** Absent where the app needs none. */
  readonly licence?: Licence;
  /** Given to the jobs alone: what people wait for loads nothing of it. */
  readonly records?: JiraRecords;
  readonly notices: Notices;
  readonly publishing: Publishing;
}
