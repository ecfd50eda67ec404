import type { SetupItem, SetupPlan, SetupStatus } from '../../contract/setup';
import type { Choices } from '../../setup/choices';
import type { Observed } from '../../setup/observed';
import { planSetup } from '../../setup/plan';
import type { PlanItem } from '../../setup/plan-item';
import { workflowInWords } from '../../setup/plan-workflow';
import { strandedStatuses } from '../../setup/plan-project';
import { knownStatusIds, planStatuses } from '../../setup/plan-statuses';
import { mustAdminister } from '../policy/admins-only';
import type { ResolverCall } from '../resolver-call';
import { choicesOf } from './choices-of';
import { observe } from './observe';
import { readRecord } from './record';
import type { SetupPorts } from './setup-ports';

/** `setup.plan`: everything that these choices would make or change, item by item. Writes nothing. */
export async function planOfSetup(ports: SetupPorts, call: ResolverCall): Promise<SetupPlan> {
  await mustAdminister(ports);
  const choices = choicesOf(call);
  const record = await readRecord(ports);
  const observed = await observe(ports, choices, record?.pinned ?? []);
  const plan = planSetup(choices, observed);
  const words = workflowInWords(choices, observed, plan.policy);
  return {
    items: plan.items.map((item) => itemView(item.id === 'workflow' ? inFull(item, words) : item)),
    moves: movesOf(choices, observed),
  };
}

/** What is not there yet is told with its rules; what is changed is told by its differences. */
const inFull = (item: PlanItem, words: ReturnType<typeof workflowInWords>): PlanItem =>
  words === undefined || item.state === 'conflict'
    ? item
    : { ...item, wants: words.wants, says: item.state === 'create' ? words.says : item.says };

const itemView = ({ id, kind, title, state, says, wants, before, undo }: PlanItem): SetupItem => ({
  id,
  kind,
  title,
  state,
  says,
  wants,
  before,
  undo,
});

function movesOf(choices: Choices, observed: Observed): SetupPlan['moves'] {
  const statusIds = knownStatusIds(planStatuses(choices, observed));
  return choices.projects.flatMap(({ id, key }) => {
    const project = observed.projects[id];
    const stranded = project === undefined ? [] : strandedStatuses(project, statusIds);
    if (stranded.length === 0) return [];
    const statuses = stranded.map(({ statusId, statusName, count }) => ({
      statusId,
      name: statusName,
      count,
      suggested: suggested(observed.statuses.find((one) => one.id === statusId)?.category),
    }));
    return [{ projectId: id, projectKey: key, statuses }];
  });
}

/** A status opens nothing, so that a suggestion can do no harm; only what is over is not asked for again. */
const suggested = (category: string | undefined): SetupStatus => (category === 'DONE' ? 'Closed' : 'Proposed');
