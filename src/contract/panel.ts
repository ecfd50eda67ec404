/**
 * What the screens and the resolver agree on. Method names, payloads and results; the screens import nothing else of
 * the app. Payloads are parsed with the schemas in ./payloads on arrival: a frame is never believed.
 */
import type { FromJiraView } from './from-jira';
import type { AuthorView, PeopleView } from './people';
import type { FileHandedIn, FileRowsView, FilesView, PieceView, UploadView } from './files';
import type { HealthView } from './health';
import type { MeetingDecided, MeetingListView, MeetingView } from './meetings';
import type { FoundGroups, PolicyPreview, PolicySite, PolicyView, SecretAdded, SecretsView } from './policy';
import type { BuiltRule, RuleView } from './rules';
import type { FoundKeysView, TrustView } from './trust';
import type { SetupFound, SetupPlan, SetupSite, SetupView } from './setup';

export const METHODS = {
  readChange: 'change.read',
  readDevelopment: 'development.read',
  recordDecision: 'decision.record',
  startPack: 'pack.start',
  readPack: 'pack.read',
  downloadPack: 'pack.download',
  clearMarking: 'marking.clear',
  settleCondition: 'condition.settle',
  acceptOverlap: 'overlap.accept',
  delegate: 'delegation.record',
  revokeDelegation: 'delegation.revoke',
  recordReview: 'review.record',
  overrideOverdue: 'emergency.override',
  exceptFreeze: 'freeze.except',
  applyTemplate: 'template.apply',
  settleAction: 'action.settle',
  askForDecision: 'decision.ask',
  recordImplementation: 'implementation.record',
  declareBreakGlass: 'breakglass.declare',
  readOrphans: 'orphan.read',
  openOrphan: 'orphan.open',
  dismissOrphan: 'orphan.dismiss',
  readAdoptions: 'adopt.read',
  startAdoption: 'adopt.start',
  resolveAuthor: 'author.resolve',
  listFiles: 'file.list',
  readFile: 'file.read',
  beginFile: 'file.begin',
  sendPiece: 'file.piece',
  finishFile: 'file.finish',
  readRegister: 'register.read',
  listMeetings: 'meeting.list',
  readMeeting: 'meeting.read',
  saveMeeting: 'meeting.save',
  decideInMeeting: 'meeting.decide',
  readAdmin: 'admin.read',
  readPolicy: 'policy.read',
  savePolicy: 'policy.save',
  previewPolicy: 'policy.preview',
  readPeople: 'people.read',
  savePeople: 'people.save',
  readPolicySite: 'policy.site',
  findGroups: 'policy.groups',
  readSecrets: 'secrets.read',
  addSecret: 'secrets.add',
  retireSecret: 'secrets.retire',
  readTrust: 'trust.read',
  inspectKeys: 'trust.inspect',
  registerKeys: 'trust.register',
  revokeKey: 'trust.revoke',
  readHealth: 'health.read',
  checkHealth: 'health.check',
  readSetup: 'setup.read',
  readSetupSite: 'setup.site',
  findForSetup: 'setup.find',
  keepSetup: 'setup.keep',
  planSetup: 'setup.plan',
  applySetup: 'setup.apply',
  readRule: 'rule.read',
  buildRule: 'rule.build',
} as const;

export interface Sentence {
  readonly code: string;
  readonly sentence: string;
}

/** A person as a screen shows them: a name, never a bare id. `name` is null when it was erased or is unknown. */
export interface PersonView {
  readonly accountId: string | null;
  readonly name: string | null;
}

export interface DecisionView {
  /** The ledger entry that holds it. */
  readonly seq: number;
  readonly decision: 'approved' | 'disapproved' | 'deferred' | 'withdrawn';
  readonly by: PersonView;
  /** "security reviewer" … the role it counts for, or the roles held when it counts for none. */
  readonly roles: readonly string[];
  readonly countsFor: string | null;
  readonly basis: string;
  readonly requiredActions: readonly { readonly what: string; readonly owner: PersonView }[];
  /** What an approval depends on; null when on nothing. */
  readonly condition: ConditionView | null;
  /** A deferral: until when, and what is awaited. */
  readonly until: string | null;
  readonly awaits: string | null;
  /** Whose say it was, when it was handed over. */
  readonly onBehalfOf: PersonView | null;
  /** The provider the decider was of; null for one's own organisation. */
  readonly organisation: string | null;
  /** The meeting in which it was taken. */
  readonly meeting: string | null;
  readonly at: string;
  readonly via: 'panel' | 'transition';
  readonly contentDigest: string;
  readonly valid: boolean;
  readonly invalidBecause: Sentence | null;
  /** What was edited since, when that is why it does not count. */
  readonly editedSince: readonly EditedField[];
}

export interface ConditionView {
  readonly text: string;
  /** Null for an approval that does not stand. */
  readonly outcome: 'open' | 'met' | 'waived' | null;
  readonly settledBy: string | null;
  readonly settledAt: string | null;
  readonly note: string;
  readonly mayConfirm: boolean;
  readonly mayWaive: boolean;
}

/** A say on this change that somebody handed to another. */
export interface DelegationView {
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  readonly role: string;
  readonly until: string | null;
  readonly basis: string;
  readonly at: string;
  readonly state: 'standing' | 'over' | 'taken-back';
  readonly mayEnd: boolean;
}

export interface EditedField {
  readonly field: string;
  readonly before: string;
  readonly after: string;
  readonly by: PersonView;
  readonly at: string;
}

export interface EvidenceView {
  readonly seq: number;
  readonly kind: string;
  /** The identifier it is about: a commit's full hash, a pull request's number, a run's id. */
  readonly id: string;
  readonly repository: string | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly state: string | null;
  readonly commits: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly people: readonly { readonly role: string; readonly name: string | null }[];
  readonly claimedAt: string | null;
  readonly receivedAt: string;
  /** When the two are more than 5 minutes apart: whose clock is ahead, and by how many seconds. */
  readonly skew: { readonly ahead: 'sender' | 'site'; readonly seconds: number } | null;
  readonly namedBy: readonly string[];
  readonly source: string;
  /** The sender as people call it. */
  readonly sourceName: string;
  readonly event: string;
  readonly authenticatedBy: string;
  /** The label of the key with which the sender proved itself. */
  readonly secret: string;
  /** SHA-256 of the delivery as received, and its size in bytes where that was recorded. */
  readonly bodyDigest: string;
  readonly bodySize: number | null;
  readonly deliveryId: string | null;
  /** How many recorded facts say the same of it; the newest is shown. */
  readonly facts: number;
  readonly redacted: boolean;
  /** What its sender stated of it, where it was read out of the file besides; absent otherwise. */
  readonly stated?: { readonly seq: number; readonly title: string | null; readonly state: string | null };
}

export interface GateAnswerView {
  /** The ledger entry that holds it. */
  readonly seq: number;
  readonly at: string;
  readonly environment: string;
  /** Commit ids and digests of artifacts, in full. */
  readonly named: readonly string[];
  /** Who was to deploy; null once erased. */
  readonly actor: string | null;
  /** `allowed`, `pending` or `blocked-…`. */
  readonly verdict: string;
  readonly sentence: string;
  /** The label of the key with which it was asked. */
  readonly secret: string;
  readonly followedBy: readonly { readonly name: string; readonly at: string; readonly facts: readonly number[] }[];
}

export interface PackView {
  readonly id: string;
  readonly state: 'queued' | 'assembling' | 'ready' | 'failed';
  readonly progress: { readonly done: number; readonly total: number; readonly step: string };
  readonly createdAt: string;
  readonly by: PersonView;
  readonly files: number | null;
  readonly bytes: number | null;
  readonly manifestDigest: string | null;
  /** How many parts `pack.download` hands out. */
  readonly parts: number;
  readonly fileName: string;
  readonly failure: Sentence | null;
  /** Whether a pipeline can fetch it as an attachment of the issue; null while that is being tried. */
  readonly attachment: { readonly attached: boolean; readonly because: string | null } | null;
}

export interface TimelineEvent {
  readonly at: string;
  readonly kind: 'opened' | 'edited' | 'moved' | 'decision' | 'evidence' | 'pack' | 'marking' | 'deleted';
  readonly text: string;
  readonly by: string | null;
  readonly seq: number | null;
  readonly url: string | null;
}

export interface MarkingView {
  readonly finding: string;
  readonly rule: string;
  readonly severity: string;
  readonly place: string;
  readonly cleared: { readonly by: string | null; readonly at: string; readonly reason: string } | null;
}

export interface FreezeView {
  readonly id: string;
  readonly name: string;
  readonly start: string;
  readonly end: string;
}

export interface ActionView {
  /** The ledger entry of the disapproval and the action's place in it. */
  readonly decision: number;
  readonly action: number;
  readonly what: string;
  readonly owner: PersonView;
  readonly outcome: 'open' | 'done' | 'withdrawn';
  readonly mayFinish: boolean;
  readonly mayWithdraw: boolean;
}

/** Whether a document that describes the system was brought up to date; 'outstanding' is still to do. */
export type RecordUpdate = 'updated' | 'not-needed' | 'outstanding';

/** A record of what was done. */
export interface ImplementationView {
  /** The ledger entry that holds it, and when it was recorded. */
  readonly seq: number;
  readonly recordedAt: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly outcome: 'as-planned' | 'with-deviations' | 'backed-out' | 'failed';
  readonly backoutUsed: boolean;
  readonly verification: string;
  readonly controlsSatisfied: boolean;
  readonly verifiedAt: string;
  /** Null in records from before it was asked for, and once it was erased. */
  readonly verifiedBy: PersonView | null;
  readonly baselineUpdated: RecordUpdate;
  /** Null in records from before it was asked for. */
  readonly inventoryUpdated: RecordUpdate | null;
  readonly planUpdated: RecordUpdate;
  readonly notes: string;
  readonly by: PersonView;
}

export interface ExceptionView extends Sentence {
  readonly at: string | null;
  /** The viewer moved it and can turn the move into the decision it looked like, with one click. */
  readonly mayConfirm: boolean;
  /** The viewer may declare that the rules were passed by on purpose. */
  readonly mayDeclare: boolean;
  /** The move in Jira's changelog that nobody explained; null for another exception. */
  readonly move: string | null;
}

/** Answer of `change.read`. */
export interface ChangeView {
  readonly key: string;
  readonly summary: string;
  readonly status: string;
  readonly controlled: boolean;
  readonly changeType: string | null;
  readonly impactedSystems: readonly string[];
  readonly window: { readonly start: string | null; readonly end: string | null };
  readonly owner: PersonView;
  readonly implementer: PersonView;
  readonly verdict: {
    readonly open: boolean;
    readonly decided: boolean;
    readonly windowNow: boolean | null;
    readonly policyVersion: string;
    readonly judgedAt: string;
    readonly needs: { readonly missing: number; readonly roles: readonly string[]; readonly phrase: string };
    /** By which rules it was judged: a Standard change that left its template is Normal. */
    readonly judgedAs: 'Normal' | 'Standard' | 'Emergency' | 'Discovered';
    readonly pass: { readonly endsAt: string; readonly over: boolean } | null;
    readonly review: {
      readonly state: 'due' | 'overdue' | 'done';
      readonly dueAt: string;
      readonly phrase: string;
      readonly rejected: boolean;
    } | null;
    readonly reasons: readonly Sentence[];
    readonly exceptions: readonly ExceptionView[];
    readonly notices: readonly Sentence[];
  };
  readonly viewer: { readonly accountId: string; readonly name: string | null };
  /** What else this viewer may do now, each with its resolver method. */
  readonly mayAct: {
    readonly review: boolean;
    readonly override: boolean;
    /** Freeze periods that hold the change up and that this viewer may let it through. */
    readonly freezes: readonly FreezeView[];
    readonly template: boolean;
    readonly implementation: boolean;
    /** Say whose account an author of evidence is. */
    readonly resolve: boolean;
    /** Have those who can still decide notified. */
    readonly ask: boolean;
  };
  /** Freeze periods now or in the change window. */
  readonly freezes: readonly FreezeView[];
  /** The catalogue, for a Standard change that is Proposed; and which template it was made from. */
  readonly templates: readonly { readonly id: string; readonly name: string }[];
  readonly template: { readonly id: string; readonly name: string } | null;
  /** Required actions of the disapprovals that stand. */
  readonly actions: readonly ActionView[];
  /** The one justification that an emergency pass rests on; null when none is given, or for other changes. */
  readonly justification: string | null;
  /** Retroactive reviews of an emergency change, newest first. */
  readonly reviews: readonly {
    readonly seq: number;
    readonly accepted: boolean;
    readonly basis: string;
    readonly by: PersonView;
    readonly at: string;
    /** False when a controlled field was edited since: it counts no more. */
    readonly ofThisContent: boolean;
  }[];
  /** Keys of other changes of the project whose review is overdue; only for an emergency change, which they hold up. */
  readonly overdueReviews: readonly string[];
  /** The newest record of what was done. */
  readonly implementation: ImplementationView | null;
  /** Records that it corrected, newest first. */
  readonly earlierImplementations: readonly ImplementationView[];
  /** What keeps Close from being done, in sentences; empty when nothing does. Only for a change that is Executed. */
  readonly closeNeeds: readonly string[];
  readonly mayDecide: {
    readonly allowed: boolean;
    readonly reasons: readonly Sentence[];
    readonly roles: readonly string[];
    /** Says that others handed to this viewer. */
    readonly onBehalf: readonly { readonly delegation: number; readonly of: string; readonly role: string }[];
    /** Roles whose say this viewer may hand to another. */
    readonly mayDelegate: readonly { readonly key: string; readonly name: string }[];
  };
  readonly delegations: readonly DelegationView[];
  /** Open changes on the same system at the same time, of which nobody said that they go together with this one. */
  readonly overlaps: readonly { readonly other: string; readonly sentence: string; readonly mayAccept: boolean }[];
  readonly decisions: readonly DecisionView[];
  readonly evidence: readonly EvidenceView[];
  /** What pipelines asked the deploy gate and were told, newest first; each with the deployments that followed. */
  readonly gate: readonly GateAnswerView[];
  /** Every deployment, with the answer that it followed; null where nobody asked. `facts` are entries, as `seq` is. */
  readonly deployments: readonly {
    readonly name: string;
    readonly environment: string;
    readonly at: string;
    readonly facts: readonly number[];
    readonly answer: { readonly seq: number; readonly verdict: string; readonly at: string } | null;
  }[];
  /**
   * What the policy expects of a change that is judged so, and what became of it: `failed` could not be fetched. `because`
   * says why it is not there, or, of what was found on people's word alone, who handed it in.
   */
  readonly expected: readonly {
    readonly kind: string;
    readonly name: string;
    readonly found: number;
    readonly state: 'found' | 'missing' | 'failed';
    readonly because: string | null;
  }[];
  /** Everybody who authored evidence, and whether it is settled who they are. */
  readonly authors: readonly AuthorView[];
  /** What is missing and what to do: fields first, then evidence that one would expect. */
  readonly missing: readonly (Sentence & { readonly field: string | null })[];
  readonly fromJira: FromJiraView;
  readonly markings: readonly MarkingView[];
  readonly packs: readonly PackView[];
  readonly ledger: { readonly entries: number; readonly head: string | null; readonly intact: boolean };
  readonly timeline: readonly TimelineEvent[];
  /** Names to choose from for required actions. */
  readonly people: readonly { readonly accountId: string; readonly name: string }[];
  /** The zone in which `times` are shown is the viewer's own; the server's clock, for "in 3 hours". */
  readonly now: string;
}

/** Answer of `decision.record`: the recorded decision and the change as it is now. */
export interface RecordedDecision {
  readonly decision: DecisionView;
  /** False when the same person had already decided the same on the same content: nothing was added. */
  readonly added: boolean;
  readonly change: ChangeView;
}

/** Answer of what people do to a change beside deciding: the change as it is now. */
export interface ActRecorded {
  readonly change: ChangeView;
}

/** Answer of `register.read`: one row a change. */
export interface RegisterView {
  readonly project: string;
  readonly complete: boolean;
  readonly rows: readonly RegisterRow[];
}

export interface RegisterRow {
  readonly key: string;
  readonly summary: string;
  readonly status: string;
  readonly changeType: string | null;
  readonly owner: string | null;
  readonly open: boolean;
  readonly needs: string;
  /** Codes of everything that keeps it from being open, most fundamental first. */
  readonly reasons: readonly string[];
  readonly exceptions: number;
  readonly evidence: number;
  readonly window: { readonly start: string | null; readonly end: string | null };
  readonly createdAt: string;
  /** What the viewer can do to move it on, most pressing first. */
  readonly waitingForYou: readonly WaitingKind[];
  /** Names of everybody it waits for. */
  readonly waitingFor: readonly string[];
  /** The retroactive review that is still owed, and who may give it. */
  readonly review: {
    readonly overdue: boolean;
    readonly dueAt: string;
    readonly phrase: string;
    readonly people: readonly string[];
  } | null;
}

/** What a change waits for somebody to do. */
export type WaitingKind =
  'complete' | 'decide' | 'settle' | 'resubmit' | 'review' | 'execute' | 'record' | 'close' | 'resolve';

/** Answer of `admin.read`. */
export interface AdminView {
  readonly policy: {
    readonly version: string;
    readonly projects: readonly string[];
    readonly roles: readonly {
      readonly name: string;
      readonly group: string;
      readonly members: readonly { readonly name: string; readonly mayDecide: boolean; readonly why: string | null }[];
    }[];
    readonly normal: { readonly cui: string; readonly noCui: string };
  };
  readonly fields: readonly { readonly name: string; readonly id: string | null; readonly controlled: boolean }[];
  /** Refused at the door in the last 24 hours: bounded counters, not entries. */
  readonly refusals: readonly {
    readonly hour: string;
    /** The sender as people call it, and what was the matter, in words. */
    readonly sender: string;
    readonly why: string;
    readonly source: string;
    readonly reason: string;
    readonly count: number;
  }[];
  readonly pending: number;
}

/** Answer of `orphan.read` and `orphan.dismiss`: deliveries that no open change explains, newest first. */
export interface OrphansView {
  readonly orphans: readonly OrphanView[];
  /** Older ones that were moved out of the list, into how many pages; null when none was. */
  readonly moved: { readonly pages: number; readonly count: number; readonly until: string } | null;
  /** Projects under change control, in which a change can be opened. */
  readonly projects: readonly string[];
}

export interface OrphanView {
  /** Names it in `orphan.open` and `orphan.dismiss`. */
  readonly delivery: string;
  readonly source: string;
  readonly sourceName: string;
  readonly event: string;
  readonly deliveryId: string | null;
  readonly receivedAt: string;
  readonly names: readonly string[];
  readonly reason: 'names-no-change' | 'no-such-change' | 'not-recordable' | 'change-not-open';
  /** What it tells, in identifiers and counts; absent when that is not known. */
  readonly about?: {
    readonly kinds: Readonly<Record<string, number>>;
    readonly repository: string | null;
    readonly environment: string | null;
    readonly commits: readonly string[];
  };
}

/** Answer of `orphan.open`. `opened` is false when there was a change for it already. */
export interface OrphanOpened {
  readonly change: { readonly issueId: string; readonly key: string };
  readonly opened: boolean;
}

/** Answer of `adopt.read`: every controlled project. */
export interface AdoptionsView {
  readonly projects: readonly AdoptionView[];
}

/** How far the existing issues of a project have been entered as "before control began". */
export interface AdoptionView {
  readonly project: string;
  readonly state: 'none' | 'running' | 'done';
  readonly controlBeganAt: string | null;
  readonly startedAt: string | null;
  readonly by: string | null;
  /** Issues looked at so far, and how many of them are entered as adopted. */
  readonly read: number;
  readonly adopted: number;
}

/** The error a resolver answers with; `status` is what the same refusal is over HTTP. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly status: 400 | 403 | 404 | 409 | 413 | 503;
  readonly fields?: readonly string[];
}

/** Answer of `pack.download`: one part of the pack's bytes; the parts in order from 0 are the file. */
export interface PackPart {
  readonly part: number;
  readonly base64: string;
}

/** What each method answers with, inside `result` of `Answer`. */
export interface Answers {
  readonly 'change.read': ChangeView;
  /** The change with what the viewer may see of development information. */
  readonly 'development.read': ChangeView;
  readonly 'decision.record': RecordedDecision;
  readonly 'pack.start': PackView;
  readonly 'pack.read': PackView;
  readonly 'pack.download': PackPart;
  /** The change as it is now. */
  readonly 'marking.clear': ChangeView;
  readonly 'condition.settle': ActRecorded;
  readonly 'overlap.accept': ActRecorded;
  readonly 'delegation.record': ActRecorded;
  readonly 'delegation.revoke': ActRecorded;
  readonly 'review.record': ActRecorded;
  readonly 'emergency.override': ActRecorded;
  readonly 'freeze.except': ActRecorded;
  readonly 'template.apply': ActRecorded;
  readonly 'action.settle': ActRecorded;
  /** How many people were told. */
  readonly 'decision.ask': { readonly told: number };
  readonly 'implementation.record': ActRecorded;
  readonly 'breakglass.declare': ActRecorded;
  readonly 'orphan.read': OrphansView;
  readonly 'orphan.open': OrphanOpened;
  readonly 'orphan.dismiss': OrphansView;
  readonly 'adopt.read': AdoptionsView;
  readonly 'adopt.start': AdoptionView;
  readonly 'author.resolve': ActRecorded;
  readonly 'file.list': FilesView;
  readonly 'file.read': FileRowsView;
  readonly 'file.begin': UploadView;
  readonly 'file.piece': PieceView;
  readonly 'file.finish': FileHandedIn;
  readonly 'register.read': RegisterView;
  readonly 'meeting.list': MeetingListView;
  readonly 'meeting.read': MeetingView;
  readonly 'meeting.save': MeetingView;
  readonly 'meeting.decide': MeetingDecided;
  readonly 'admin.read': AdminView;
  readonly 'policy.read': PolicyView;
  /** The policy as it is in force now. */
  readonly 'policy.save': PolicyView;
  readonly 'policy.preview': PolicyPreview;
  readonly 'people.read': PeopleView;
  /** The people map as it is in force now. */
  readonly 'people.save': PeopleView;
  readonly 'policy.site': PolicySite;
  readonly 'policy.groups': FoundGroups;
  readonly 'secrets.read': SecretsView;
  readonly 'secrets.add': SecretAdded;
  readonly 'secrets.retire': SecretsView;
  readonly 'trust.read': TrustView;
  readonly 'trust.inspect': FoundKeysView;
  /** The keys as they are registered now. */
  readonly 'trust.register': TrustView;
  readonly 'trust.revoke': TrustView;
  readonly 'health.read': HealthView;
  readonly 'health.check': HealthView;
  readonly 'setup.read': SetupView;
  readonly 'setup.site': SetupSite;
  readonly 'setup.find': SetupFound;
  readonly 'setup.keep': { readonly kept: true };
  readonly 'setup.plan': SetupPlan;
  readonly 'setup.apply': SetupView;
  readonly 'rule.read': RuleView;
  readonly 'rule.build': BuiltRule;
}

export type Answer<T> = { readonly result: T } | { readonly refused: Refusal };
