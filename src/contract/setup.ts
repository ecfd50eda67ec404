/** What the set-up wizard and the resolver agree on. */
import type { RoleKey } from './policy';

export type SetupStatus = 'Proposed' | 'Approved' | 'Scheduled' | 'Executed' | 'Closed' | 'Disapproved' | 'Withdrawn';

/** What the admin chose. Whatever is not mapped is found by its name, and made where it is not there. */
export interface SetupChoices {
  readonly projects: readonly { readonly id: string; readonly key: string; readonly name: string }[];
  /** Jira field ids by our field keys. */
  readonly fields: Readonly<Record<string, string>>;
  /** Status ids by our statuses. */
  readonly statuses: Readonly<Partial<Record<SetupStatus, string>>>;
  readonly issueTypeId: string | null;
  readonly systems: readonly string[];
  readonly roles: readonly {
    readonly key: RoleKey;
    readonly group: string;
    readonly groupId: string | null;
    readonly members: readonly string[];
  }[];
  /** By project id and old status id. */
  readonly moves: Readonly<Record<string, Readonly<Record<string, SetupStatus>>>>;
}

/** Answer of `setup.read`: one reading of where set-up stands. */
export interface SetupView {
  /** Nobody has saved a policy yet. */
  readonly firstRun: boolean;
  readonly state: 'none' | 'applying' | 'done';
  /** What was chosen the last time it was applied. */
  readonly choices: SetupChoices | null;
  /** What was chosen since and is not applied yet, and the step one was at. */
  readonly draft: { readonly choices: SetupChoices; readonly step: number } | null;
  readonly done: number;
  readonly total: number;
  /** What was being made when the last call ended; null between two things. */
  readonly doing: string | null;
  /** Somebody else's, or Jira's own, work has to end first; ask again in a few seconds. */
  readonly waiting: string | null;
  readonly made: readonly SetupMade[];
  /** What Jira would not do, and what to click instead. */
  readonly byHand: readonly string[];
}

/** One thing that set-up made or changed, and the way back. */
export interface SetupMade {
  readonly title: string;
  readonly kind: string;
  readonly changed: boolean;
  readonly ids: readonly string[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly undo: string;
  readonly at: string;
  readonly by: string | null;
}

/** Answer of `setup.site`: what can be chosen from. */
export interface SetupSite {
  readonly projects: SetupList<{
    readonly id: string;
    readonly key: string;
    readonly name: string;
    readonly companyManaged: boolean;
  }>;
  readonly fields: readonly SetupField[];
  readonly statuses: readonly SetupStatusRow[];
  readonly issueTypes: readonly { readonly id: string; readonly name: string }[];
  readonly issueType: { readonly name: string; readonly foundId: string | null };
  readonly roles: readonly SetupRole[];
}

export interface SetupList<T> {
  readonly values: readonly T[];
  readonly complete: boolean;
}

export interface SetupField {
  readonly key: string;
  readonly name: string;
  /** As in "a paragraph". */
  readonly type: string;
  readonly description: string;
  /** The field of this name and type that is there; null where it is made. */
  readonly foundId: string | null;
  /** Fields of this type that could be used instead. */
  readonly candidates: readonly { readonly id: string; readonly name: string }[];
}

export interface SetupStatusRow {
  readonly status: SetupStatus;
  readonly description: string;
  readonly foundId: string | null;
  readonly candidates: readonly { readonly id: string; readonly name: string }[];
}

export interface SetupRole {
  readonly key: RoleKey;
  readonly name: string;
  readonly group: string;
  /** The group of that name, where there is one. */
  readonly groupId: string | null;
  readonly members: number;
}

/** Answer of `setup.find`: groups or people for what was typed. */
export interface SetupFound {
  readonly groups: SetupList<{ readonly groupId: string; readonly name: string }>;
  readonly people: SetupList<{ readonly accountId: string; readonly name: string }>;
}

/** Answer of `setup.plan`. */
export interface SetupPlan {
  readonly items: readonly SetupItem[];
  /** Change requests that are there already, in statuses that the new workflow does not have. */
  readonly moves: readonly {
    readonly projectId: string;
    readonly projectKey: string;
    readonly statuses: readonly {
      readonly statusId: string;
      readonly name: string;
      readonly count: number;
      readonly suggested: SetupStatus;
    }[];
  }[];
}

export interface SetupItem {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly state: 'there' | 'create' | 'change' | 'conflict';
  readonly says: readonly string[];
  readonly wants: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly undo: string;
}
