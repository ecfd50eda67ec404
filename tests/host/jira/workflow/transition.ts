import { randomUUID } from 'node:crypto';
import type { Actor } from '../../contract';
import { isDocument, isObject } from '../adf';
import { commentOf, readFieldInputs } from '../field-inputs';
import { notOnScreen } from '../field-values';
import type { FieldRecord } from '../field-store';
import { addComment, changeIssue } from '../issue-changes';
import type { IssueRecord, IssueValues } from '../issue-store';
import { accountOf } from '../permission-store';
import { Refusal } from '../refusal';
import { mayInProject, visibleIssue } from '../rest/access';
import type { JiraStore } from '../store';
import type { IssueAsSeen } from './entities';
import { isSystemRule, type RuleRecord, type TransitionRecord, type WorkflowRecord } from './model';
import { modifiedFields } from './modified-fields';
import { configOf, RuleJudge, type Move } from './rules';
import { systemValidatorRefusal } from './system-rules';
import type { Workflows } from './workflow-store';

/** Moves issues through their workflows, as the transition call, bulk transition and automation all do. */
export class Transitions {
  readonly #judge: RuleJudge;
  readonly #running = new Map<string, Promise<unknown>>();

  constructor(
    private readonly store: JiraStore,
    private readonly workflows: Workflows,
  ) {
    this.#judge = new RuleJudge(store);
  }

  /**
   * The transitions that this actor is offered now: from the issue's status, with permission, all conditions true.
   * A transition whose condition is false is not in the list (Jira, "Get transitions").
   */
  offered(issue: IssueRecord, actor: Actor): readonly TransitionRecord[] {
    const workflow = this.workflows.ofProject(issue.projectId, issue.issueTypeId);
    if (workflow === undefined || !mayInProject(this.store, actor, 'TRANSITION_ISSUES', issue.projectId)) return [];
    const seen = { issue, values: this.store.issues.values(issue.id) };
    return workflow.transitions.filter(
      (transition) =>
        startsFrom(transition, issue.statusId) &&
        this.#judge.allowed({ workflow, transition, actor, original: seen, seen }),
    );
  }

  /**
   * Performs a transition. `body` is that of `POST /issue/{key}/transitions`. Moves of one issue go one after the other:
   * the second is judged on the status that the first left.
   * @throws Refusal 404 not visible; 400 no permission, unknown or hidden transition, field not on the screen, or a
   * validator's refusal, with the messages of all validators in `errorMessages`.
   */
  perform(idOrKey: string, transitionId: string | undefined, body: unknown, actor: Actor): Promise<void> {
    const { id } = visibleIssue(this.store, actor, idOrKey);
    const before = this.#running.get(id) ?? Promise.resolve();
    const mine = before.then(() => this.#perform(id, transitionId, body, actor));
    const settled = mine.catch(() => undefined);
    this.#running.set(id, settled);
    void settled.then(() => {
      if (this.#running.get(id) === settled) this.#running.delete(id);
    });
    return mine;
  }

  async #perform(issueId: string, transitionId: string | undefined, body: unknown, actor: Actor): Promise<void> {
    const issue = visibleIssue(this.store, actor, issueId);
    if (transitionId === undefined) throw new Refusal(400, "Missing 'transition' identifier");
    if (!mayInProject(this.store, actor, 'TRANSITION_ISSUES', issue.projectId))
      throw new Refusal(400, 'You do not have permission to transition this issue.');
    const { workflow, transition } = this.#find(issue, transitionId);
    const values = this.store.issues.values(issue.id);
    const original: IssueAsSeen = { issue, values };
    if (
      !startsFrom(transition, issue.statusId) ||
      !this.#judge.allowed({ workflow, transition, actor, original, seen: original })
    )
      throw new Refusal(400, notValidNow(issue, transition));
    const entered = this.#screenValues(issue, transition, values, body, actor);
    const comment = this.#comment(issue, transition, body, actor);
    const seen = { issue, values: new Map([...values, ...entered]), ...(comment === undefined ? {} : { comment }) };
    const move: Move = { workflow, transition, actor, original, seen };
    const messages = await this.#refusals(move, modifiedFields(this.store, values, entered));
    if (messages.length > 0) throw new Refusal(400, { errorMessages: messages });
    this.#apply(move, entered);
  }

  /** The id of a transition by its name (where two have it, the one from the issue's status) or its id, as automation names it. */
  idOf(idOrKey: string, nameOrId: string): string {
    const issue = this.store.issues.find(idOrKey);
    const all =
      issue === undefined ? [] : (this.workflows.ofProject(issue.projectId, issue.issueTypeId)?.transitions ?? []);
    const named = all.filter(({ id, name }) => id === nameOrId || name.toLowerCase() === nameOrId.toLowerCase());
    return (
      (named.find((transition) => issue !== undefined && startsFrom(transition, issue.statusId)) ?? named[0])?.id ??
      nameOrId
    );
  }

  #find(
    issue: IssueRecord,
    transitionId: string,
  ): { readonly workflow: WorkflowRecord; readonly transition: TransitionRecord } {
    const workflow = this.workflows.ofProject(issue.projectId, issue.issueTypeId);
    const transition = workflow?.transitions.find(({ id, type }) => id === transitionId && type !== 'INITIAL');
    if (workflow === undefined || transition === undefined)
      throw new Refusal(400, `Transition id '${transitionId}' is not valid for this issue.`);
    return { workflow, transition };
  }

  /** Only a transition with a screen takes fields; without one they are ignored, as on a real site. */
  #screenValues(
    issue: IssueRecord,
    transition: TransitionRecord,
    before: IssueValues,
    body: unknown,
    actor: Actor,
  ): IssueValues {
    if (transition.screenId === null) return new Map();
    const screen = this.store.screens.fields(transition.screenId);
    const barred = (field: FieldRecord): string | undefined => {
      const permission = PERMISSION_FOR[field.id];
      return permission === undefined || mayInProject(this.store, actor, permission, issue.projectId)
        ? undefined
        : notOnScreen(field.id);
    };
    return readFieldInputs(this.store, body, { place: issue, screen, before, barred });
  }

  #comment(issue: IssueRecord, transition: TransitionRecord, body: unknown, actor: Actor): IssueAsSeen['comment'] {
    const given = transition.screenId === null ? undefined : commentOf(body);
    if (given === undefined) return undefined;
    if (!isDocument(given)) throw new Refusal(400, { errors: { comment: 'Comment body is not valid!' } });
    if (!mayInProject(this.store, actor, 'ADD_COMMENTS', issue.projectId))
      throw new Refusal(400, { errors: { comment: 'You do not have the permission to comment on this issue.' } });
    return { author: authorOf(actor), body: given };
  }

  /** Every validator runs, and everything that they say is shown, in their order. */
  async #refusals(move: Move, modified: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
    const validators = move.transition.rules.filter(({ kind }) => kind === 'validator');
    const answers = await Promise.all(validators.map((rule) => this.#refusal(move, rule, modified)));
    return [...new Set(answers.flatMap((answer) => answer ?? []))];
  }

  async #refusal(
    move: Move,
    rule: RuleRecord,
    modified: Readonly<Record<string, unknown>>,
  ): Promise<string | undefined> {
    if (isSystemRule(rule)) return systemValidatorRefusal(this.store, move, rule);
    const module = this.store.forge.modules.validators.find(({ moduleKey }) => moduleKey === rule.moduleKey);
    if (module === undefined) return `The app that provides "${rule.moduleKey}" is not installed.`;
    return module.function === null
      ? this.#judge.refusal(move, rule, module)
      : this.#call(move, rule.moduleKey, configOf(rule), modified);
  }

  /** A function validator that throws, times out or answers something else blocks: nobody promises what Jira does then. */
  async #call(
    move: Move,
    moduleKey: string,
    configuration: unknown,
    modified: Readonly<Record<string, unknown>>,
  ): Promise<string | undefined> {
    const { issue } = move.original;
    const payload = {
      issue: { key: issue.key },
      configuration: configuration ?? {},
      transition: { from: { id: issue.statusId }, to: { id: move.transition.to }, modifiedFields: modified },
    };
    try {
      const { result, errorMessage } = await this.store.forge.runValidator(moduleKey, payload);
      return result ? undefined : (errorMessage ?? 'The transition was refused.');
    } catch {
      return 'An error occurred while an app validated this transition.';
    }
  }

  /** Fields, status, changelog entry, event and post functions: one transaction, all or nothing. */
  #apply(move: Move, entered: IssueValues): void {
    const { transition, original, seen, actor } = move;
    const { issue } = original;
    const origin = { author: authorOf(actor), selfGenerated: actor.kind === 'app' };
    this.store.transaction(() => {
      if (this.store.issues.find(issue.id)?.statusId !== issue.statusId)
        throw new Refusal(409, notValidNow(issue, transition));
      const entry = changeIssue(this.store, origin, { issueId: issue.id, values: entered, statusId: transition.to });
      if (seen.comment !== undefined) addComment(this.store, origin, issue, seen.comment.body);
      this.#callPostFunctions(move, entry?.id, origin.author);
    });
  }

  #callPostFunctions(
    { workflow, transition, original: { issue } }: Move,
    historyId: string | undefined,
    atlassianId: string,
  ): void {
    // One id for all post functions of this transition.
    const executionId = randomUUID();
    const status = (id: string) => ({ id, name: this.store.projects.status(id)?.name ?? '' });
    for (const rule of transition.rules) {
      if (rule.kind !== 'post-function' || isSystemRule(rule)) continue;
      this.store.forge.callPostFunction(rule.moduleKey, {
        eventType: 'jira:workflowPostFunction',
        atlassianId,
        issue: { id: issue.id, key: issue.key },
        transition: {
          id: transition.id,
          name: transition.name,
          executionId,
          from: status(issue.statusId),
          to: status(transition.to),
        },
        workflow: { id: workflow.id, name: workflow.name },
        ...(historyId === undefined ? {} : { changelog: { id: historyId } }),
        configuration: configOf(rule) ?? {},
      });
    }
  }
}

const PERMISSION_FOR: Readonly<Record<string, 'MODIFY_REPORTER' | 'ASSIGN_ISSUES'>> = {
  reporter: 'MODIFY_REPORTER',
  assignee: 'ASSIGN_ISSUES',
};

const startsFrom = ({ type, from }: TransitionRecord, statusId: string): boolean =>
  type === 'GLOBAL' || (type === 'DIRECTED' && from.includes(statusId));

const authorOf = (actor: Actor): string => accountOf(actor) ?? '';

/** Jira's words for a transition that is not on offer, whether by status or by condition: it does not say which. */
const notValidNow = (issue: IssueRecord, transition: TransitionRecord): string =>
  `It seems that you have tried to perform a workflow operation (${transition.name}) that is not valid for the current state of this issue (${issue.key}). The likely cause is that somebody has changed the issue recently, please look at the issue history for details.`;

/** The transition that a call names: `{"transition": {"id": "11"}}`. */
export function transitionIdOf(body: unknown): string | undefined {
  const given = isObject(body) && isObject(body.transition) ? body.transition.id : undefined;
  return typeof given === 'string' || typeof given === 'number' ? String(given) : undefined;
}
