import { listed, when } from '../words';
import { finding, notChecked, type Finding } from './finding';
import type { ObservedSite, Remembered } from './observed';

/** A secret is to be changed after this long, unless the policy comes to say otherwise. */
export const SECRET_MAX_AGE_DAYS = 180;
/** The trigger is hourly, and may be late: three hours without a run are a failure. */
export const RUN_EVERY_HOURS = 3;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function secretFindings({ senders }: ObservedSite, remembered: Remembered, now: Date): Finding[] {
  return senders.flatMap(({ source, name, live }) => {
    if ('unseen' in live) return [notChecked(`the secrets of ${name}`, live.unseen)];
    if (live.seen.length === 0)
      return remembered.senders.includes(source)
        ? [
            finding(
              'secret-missing',
              source,
              `${name} has no live secret any more, so all it sends is refused.`,
              'Add a secret under Senders, and enter it at the sender.',
            ),
          ]
        : [];
    return live.seen.flatMap(({ label, addedAt }) => {
      const days = addedAt === undefined ? null : Math.floor((now.getTime() - Date.parse(addedAt)) / DAY_MS);
      if (days !== null && days <= SECRET_MAX_AGE_DAYS) return [];
      const age =
        days === null ? 'was added at a time that nobody recorded' : `is older than ${SECRET_MAX_AGE_DAYS} days`;
      return [
        finding(
          'secret-old',
          `${source}, secret ${label}`,
          `The secret "${label}" of ${name} ${age}.`,
          'Under Senders: add a new secret, enter it at the sender, then retire this one.',
          'note',
        ),
      ];
    });
  });
}

export const permissionFindings = ({ permissions }: ObservedSite): Finding[] =>
  permissions.flatMap(({ project, missing }) => {
    const subject = `what the app may do in ${project}`;
    if ('unseen' in missing) return [notChecked(subject, missing.unseen)];
    return missing.seen.map((permission) =>
      finding(
        'permission-missing',
        `${project}, permission ${permission}`,
        `The app does not hold the permission ${permission} in ${project}, so what it cannot see or do there goes unnoticed.`,
        "Give it back in the permission scheme of the project, or in the app's permissions under Connected apps.",
      ),
    );
  });

/** Jira says so itself (OpenAPI, GET /rest/api/3/data-policy/project). */
function ruleFinding({ project, byRule }: ObservedSite['blocked'][number]): Finding[] {
  if ('unseen' in byRule)
    return [notChecked(`whether an app access rule keeps the app from ${project}`, byRule.unseen)];
  if (!byRule.seen) return [];
  return [
    finding(
      'app-access-rule',
      `project ${project}`,
      `An app access rule keeps content of ${project} from the app, so changes there are neither checked nor recorded.`,
      'Except the app or the project from the rule: Atlassian administration, Security, Data security policies.',
    ),
  ];
}

/** Blocked by an admin's app-access rule, or hidden by a security level: the app is blind there. */
export function visibilityFindings({ hidden, counts, blocked }: ObservedSite): Finding[] {
  const remedy =
    'Let the app see them again: in Atlassian administration under app access rules, or in the issue security scheme.';
  const known = 'unseen' in hidden ? [notChecked('whether the app still sees every change', hidden.unseen)] : [];
  const gone = 'seen' in hidden ? [...hidden.seen].sort() : [];
  const shown = gone.slice(0, 5);
  const more = gone.length - shown.length;
  return [
    ...known,
    ...blocked.flatMap(ruleFinding),
    ...(gone.length === 0
      ? []
      : [
          finding(
            'changes-hidden',
            'known changes',
            `Jira does not show the app ${gone.length} of the changes that it knew: ${listed([...shown, ...(more === 0 ? [] : [`${more} more`])])}.`,
            remedy,
          ),
        ]),
    ...counts.flatMap(({ project, seen }) => {
      if ('unseen' in seen) return [notChecked(`whether the app sees what people see in ${project}`, seen.unseen)];
      const [person, app] = seen.seen;
      return app >= person
        ? []
        : [
            finding(
              'project-hidden',
              `project ${project}`,
              `A Jira administrator sees ${person} changes in ${project}, the app sees ${app}.`,
              remedy,
            ),
          ];
    }),
  ];
}

export function expressionFindings({ failedExpressions }: ObservedSite): Finding[] {
  if ('unseen' in failedExpressions)
    return [notChecked('whether rules could not be evaluated', failedExpressions.unseen)];
  const newest = new Map<string, { readonly workflow: string; readonly at: string; readonly times: number }>();
  for (const { workflow, rule, at } of failedExpressions.seen) {
    const known = newest.get(rule);
    const times = (known?.times ?? 0) + 1;
    newest.set(rule, { workflow, at: known === undefined || at > known.at ? at : known.at, times });
  }
  return [...newest.entries()].map(([rule, { workflow, at }]) =>
    finding(
      'expression-failing',
      `workflow "${workflow}", rule ${rule}`,
      `Jira could not evaluate a rule of the workflow "${workflow}" in the last 24 hours, last on ${when(at)}. The transition was refused or hidden.`,
      'Open the rule in the workflow: its screen says what Jira does not accept. Save it again.',
    ),
  );
}

export function runFindings({ lastRun }: ObservedSite, remembered: Remembered, now: Date): Finding[] {
  if ('unseen' in lastRun) return [notChecked('whether the hourly run came', lastRun.unseen)];
  const last = lastRun.seen ?? remembered.since;
  const hours = (now.getTime() - Date.parse(last)) / HOUR_MS;
  if (hours <= RUN_EVERY_HOURS) return [];
  return [
    finding(
      'reconciler-late',
      'the hourly run',
      lastRun.seen === null
        ? `The hourly run has never come since ${when(last)}. Events that Jira does not deliver go unnoticed meanwhile.`
        : `The hourly run did not come for more than ${RUN_EVERY_HOURS} hours after ${when(last)}. Events that Jira did not deliver went unnoticed meanwhile.`,
      'Nothing can be done in Jira. If it does not come back, tell the vendor of the app.',
    ),
  ];
}
