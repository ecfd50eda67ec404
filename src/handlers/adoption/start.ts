import { adoptPayload } from '../../contract/payloads';
import type { AdoptionsView, AdoptionView } from '../../contract/panel';
import type { Ports } from '../../ports/ports';
import { mustAdminister } from '../policy/admins-only';
import { policyInForce } from '../policy/store';
import { refuse } from '../refusal';
import { callerOf, parsed, type ResolverCall } from '../resolver-call';
import { firstPolicyFor } from './control-began';
import { adoptionView, queueAdoption, readAdoption, resumeIfStalled, writeAdoption } from './record';

/** `adopt.read`: how far the adoption of existing issues is in every controlled project. Jira administrators only. */
export async function readAdoptions(ports: Ports): Promise<AdoptionsView> {
  await mustAdminister(ports);
  const { projects } = await policyInForce(ports);
  const adoptions = await Promise.all(projects.map((project) => readAdoption(ports, project)));
  for (const adoption of adoptions) if (adoption !== undefined) await resumeIfStalled(ports, adoption);
  return { projects: projects.map((project, i) => adoptionView(project, adoptions[i])) };
}

/**
 * `adopt.start`: has the issues that were there before control began entered as such, in the background. May be called
 * again at any time: what is adopted stays as it is, and when control began is never put later. 400 not-controlled.
 */
export async function startAdoption(ports: Ports, call: ResolverCall): Promise<AdoptionView> {
  const { project } = parsed(adoptPayload, call.payload);
  const accountId = callerOf(call);
  await mustAdminister(ports);
  if (!(await policyInForce(ports)).projects.includes(project))
    throw refuse(400, 'not-controlled', `${project} is no project under change control.`, ['project']);
  const earlier = await readAdoption(ports, project);
  if (earlier?.state === 'running') {
    await resumeIfStalled(ports, earlier);
    return adoptionView(project, earlier);
  }
  const now = ports.clock.now().toISOString();
  const person = await ports.jira.readDecider(accountId);
  const adoption = {
    format: 'adoption/1' as const,
    project,
    state: 'running' as const,
    controlBeganAt: earlier?.controlBeganAt ?? (await firstPolicyFor(ports, project)) ?? now,
    startedAt: now,
    by: { accountId, displayName: person?.displayName ?? 'A Jira administrator' },
    next: null,
    read: 0,
    adopted: 0,
    movedAt: now,
  };
  await writeAdoption(ports, adoption);
  await queueAdoption(ports, project);
  return adoptionView(project, adoption);
}
