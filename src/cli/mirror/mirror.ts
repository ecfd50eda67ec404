import { given, helpText, type Given } from '../flags';
import { couldNot, type Outcome } from '../outcome';
import type { Rim } from '../rim';
import { destinationsOf } from './destinations/chosen';
import { MIRROR_HELP } from './flags';
import { JiraProblem, jiraReader } from './jira';
import { authorityOf, bytesOf, intakeOf, jiraOf, OptionProblem, policyOf, queryOf, rootsOf, waitOf } from './options';
import { NoAnswer } from './request';
import { outcomeOf } from './report';
import type { Mirroring } from './mirroring';
import { Run } from './run';
import { checkStamp } from './stamp/check';
import { readState, StateProblem } from './state';

export { MIRROR_HELP } from './flags';

/** Copies and compares, or checks a time-stamp offline. */
export async function runMirror(args: readonly string[], world: Rim): Promise<Outcome> {
  const told = given(MIRROR_HELP.flags, args);
  const json = told.on('json');
  const rim = told.on('verbose') ? world : { ...world, say: () => undefined };
  try {
    if (told.positionals.length > 0) throw new OptionProblem('mirror takes options only.');
    if (told.text('check') !== undefined || told.text('stamp') !== undefined) return checked(told, json);
    const mirroring = mirroringOf(told, rim);
    const state = await readState(mirroring.statePath, mirroring.site);
    const isFirst = Object.keys(state.changes).length === 0;
    const report = await new Run(mirroring, state).all();
    return outcomeOf(report, isFirst, json);
  } catch (error) {
    if (error instanceof OptionProblem) return couldNot(`${error.message}\n\n${helpText(MIRROR_HELP)}`);
    if (error instanceof JiraProblem || error instanceof NoAnswer || error instanceof StateProblem)
      return couldNot(error.message);
    throw error;
  }
}

function mirroringOf(told: Given, rim: Rim): Mirroring {
  const asking = { rim, waitSeconds: waitOf(told) };
  const jira = jiraOf(told, rim.environment);
  const statePath = told.text('state');
  if (statePath === undefined)
    throw new OptionProblem('--state names the file that remembers what was seen: without it nothing can be compared.');
  const [destinations, authority] = [destinationsOf(told, asking), authorityOf(told)];
  if (destinations.length === 0 && authority === undefined)
    throw new OptionProblem(
      'Where to? Name a destination: --folder, --s3, --splunk, --elasticsearch, --ocsf, or a --tsa.',
    );
  return {
    jira: jiraReader(jira, asking),
    jql: queryOf(told),
    site: jira.url,
    statePath,
    destinations,
    authority,
    intake: intakeOf(told, rim.environment),
    asking,
    again: told.on('again'),
    acknowledge: told.several('acknowledge'),
  };
}

function checked(told: Given, json: boolean): Outcome {
  const [file, stamp] = [told.text('check'), told.text('stamp')];
  if (file === undefined || stamp === undefined)
    throw new OptionProblem('--check takes the file that was stamped, and --stamp the time-stamp response of it.');
  const result = checkStamp(bytesOf(stamp), bytesOf(file), rootsOf(told), { policy: policyOf(told) });
  const exitCode = result.ok ? 0 : 1;
  if (json) return { exitCode, output: JSON.stringify({ file, ...result }, null, 2) };
  const output = result.ok
    ? `${file}: existed at ${result.stamp.at}, says ${result.stamp.authority} (policy ${result.stamp.policy}, serial ${result.stamp.serial}). Whether its certificate was revoked was not looked up.`
    : `${file}: the time-stamp does not hold: ${result.why}.`;
  return { exitCode, output };
}
