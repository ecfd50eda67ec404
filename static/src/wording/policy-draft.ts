import type { FreezeForm, HoldForm, PolicyForm, TemplateForm } from '../../../src/contract/policy';

/** What keeps a form from being sent at all, one sentence each; whether it makes sense the app says. */
export function policyFaults(draft: PolicyForm): string[] {
  return [
    ...draft.roles.filter(({ group }) => blank(group)).map(({ name }) => `Name the Jira group of the ${name}.`),
    ...draft.projects
      .filter((key) => !/^[A-Z][A-Z0-9_]*$/.test(key))
      .map((key) => `"${key}" is no project key: a key is of capital letters and digits, such as CHG.`),
    ...hours(draft),
    ...draft.freezes.flatMap(freezeFaults),
    ...draft.templates.flatMap(templateFaults),
    ...providerFaults(draft),
    ...draft.legalHolds.flatMap(holdFaults),
    ...(draft.retentionYears >= 6 && draft.retentionYears <= 99 ? [] : ['Evidence is kept for 6 to 99 years.']),
  ];
}

const blank = (text: string): boolean => text.trim() === '';

function hours({ emergency }: PolicyForm): string[] {
  const within = (value: number, most: number): boolean => value > 0 && value <= most;
  return [
    ...(within(emergency.passHours, 744) ? [] : ['An emergency pass lasts more than 0 and at most 744 hours.']),
    ...(emergency.reminderHours.every((hours) => hours > 0 && hours < emergency.reviewHours)
      ? []
      : ['A reminder comes a number of hours before the review is due, fewer than the review has.']),
    ...(within(emergency.reviewHours, 2208) ? [] : ['The retroactive review is due within at most 2,208 hours.']),
  ];
}

function freezeFaults({ name, start, end }: FreezeForm, index: number): string[] {
  const which = blank(name) ? `Freeze period ${index + 1}` : `The freeze period "${name}"`;
  return [
    ...(blank(name) ? [`${which} needs a name.`] : []),
    ...(start === '' ? [`${which} needs a start.`] : []),
    ...(end === '' ? [`${which} needs an end.`] : []),
  ];
}

function holdFaults({ name, reason, from, until, projects, changes }: HoldForm, index: number): string[] {
  const which = blank(name) ? `Legal hold ${index + 1}` : `The legal hold "${name}"`;
  return [
    ...(blank(name) ? [`${which} needs a name.`] : []),
    ...(blank(reason) ? [`${which} needs a reason.`] : []),
    ...(projects.length + changes.length === 0 ? [`${which} needs projects or changes to hold.`] : []),
    ...(from === '' ? [`${which} needs a start.`] : []),
    ...(until === '' ? [`${which} needs an end, or holds until it is lifted.`] : []),
    ...changes
      .filter((key) => !/^[A-Z][A-Z0-9_]*-[1-9]\d*$/.test(key))
      .map((key) => `${which}: "${key}" is no key of a change, such as CHG-7.`),
    ...projects.filter((key) => !/^[A-Z][A-Z0-9_]*$/.test(key)).map((key) => `${which}: "${key}" is no project key.`),
  ];
}

function templateFaults(
  { name, approvedBy, approvedAt, expiresAt, content, maxWindowHours }: TemplateForm,
  index: number,
) {
  const which = blank(name) ? `Template ${index + 1}` : `The template "${name}"`;
  return [
    ...(blank(name) ? [`${which} needs a name.`] : []),
    ...(blank(approvedBy) ? [`${which} needs the name of who approved it.`] : []),
    ...(approvedAt === '' || expiresAt === '' ? [`${which} needs the time of its approval and when that ends.`] : []),
    ...(Object.values(content).some(blank) ? [`${which} needs all five paragraphs.`] : []),
    ...(maxWindowHours === null || maxWindowHours > 0 ? [] : [`${which} needs a longest window of more than 0 hours.`]),
  ];
}

function providerFaults({ outsideProvider }: PolicyForm): string[] {
  if (outsideProvider === null) return [];
  return blank(outsideProvider.organisation) || blank(outsideProvider.group)
    ? ['The outside provider needs a name and a Jira group.']
    : [];
}

/**
 * Somebody else saved meanwhile: parts that this draft did not touch are theirs, parts that it did are its own. Freeze
 * periods and templates are taken one by one.
 */
export function onTopOf(base: PolicyForm, draft: PolicyForm, theirs: PolicyForm): PolicyForm {
  const own = <K extends keyof PolicyForm>(key: K): PolicyForm[K] =>
    (same(base[key], draft[key]) ? theirs : draft)[key];
  return {
    version: theirs.version,
    roles: own('roles'),
    projects: own('projects'),
    issueTypes: own('issueTypes'),
    normal: own('normal'),
    emergency: own('emergency'),
    templates: eachOnTop(base.templates, draft.templates, theirs.templates),
    freezes: eachOnTop(base.freezes, draft.freezes, theirs.freezes),
    outsideProvider: own('outsideProvider'),
    laterCommits: own('laterCommits'),
    expectedEvidence: own('expectedEvidence'),
    askBeforeDeploying: own('askBeforeDeploying'),
    evidenceBeforeDeploying: own('evidenceBeforeDeploying'),
    ...(own('overlaps') === undefined ? {} : { overlaps: 'agree' as const }),
    retentionYears: own('retentionYears'),
    legalHolds: eachOnTop(base.legalHolds, draft.legalHolds, theirs.legalHolds),
    types: own('types'),
    fields: own('fields'),
    statuses: own('statuses'),
    changeTypes: own('changeTypes'),
    systems: own('systems'),
    projectIds: own('projectIds'),
    issueTypeIds: own('issueTypeIds'),
  };
}

function eachOnTop<T extends { readonly id: string }>(
  base: readonly T[],
  draft: readonly T[],
  theirs: readonly T[],
): T[] {
  const by = (list: readonly T[], id: string): T | undefined => list.find((one) => one.id === id);
  const kept = theirs.flatMap((their) => {
    const before = by(base, their.id);
    const mine = by(draft, their.id);
    if (before === undefined) return [mine ?? their];
    if (mine === undefined) return [];
    return [same(before, mine) ? their : mine];
  });
  const added = draft.filter((mine) => by(theirs, mine.id) === undefined && !same(by(base, mine.id) ?? null, mine));
  return [...kept, ...added];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export const isEdited = (base: PolicyForm, draft: PolicyForm): boolean => !same(base, draft);

/** The workflow's conditions name the groups too, and do not follow by themselves. */
export const changesGroups = (base: PolicyForm, draft: PolicyForm): boolean =>
  draft.roles.some(({ key, group }) => base.roles.find((role) => role.key === key)?.group !== group);

/** The workflow's expressions ask for fields too, and do not follow by themselves. */
export const changesTypes = (base: PolicyForm, draft: PolicyForm): boolean => !same(base.types, draft.types);

/** One entry a line; empty lines and spaces around say nothing. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const newHold = (id: string): HoldForm => ({
  id,
  name: '',
  reason: '',
  projects: [],
  changes: [],
  from: '',
  until: null,
});

export const newFreeze = (id: string): FreezeForm => ({ id, name: '', start: '', end: '', systems: [] });

export const newTemplate = (id: string): TemplateForm => ({
  id,
  name: '',
  approvedBy: '',
  approvedAt: '',
  expiresAt: '',
  systems: [],
  content: { scope: '', justification: '', securityImpactAnalysis: '', testPlan: '', backoutPlan: '' },
  maxWindowHours: null,
});
