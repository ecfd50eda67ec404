import { readEnvelope, type Envelope } from '../../providers/pipeline/envelope';
import { destination, secondsOf } from '../destination';
import { given, helpText, type Given } from '../flags';
import { couldNot, type Outcome } from '../outcome';
import type { Rim } from '../rim';
import { runnerOf } from '../runner/runner';
import { changeOf, rimAt } from '../told';
import { envelopesOf } from './envelopes';
import { gather, OptionProblem, type Collected } from './gather';
import { GitProblem } from './git';
import { COLLECT_HELP } from './help';
import { joinedUp, MAX_BODY_BYTES, pieces } from './pieces';
import { shown, type Prepared } from './shown';
import { sendPieces } from './send';
import { notObtainedOf, sizeOf, statementOf } from './statement';

export { COLLECT_HELP } from './help';

const wrong = (complaint: string): Outcome => couldNot(`${complaint}\n\n${helpText(COLLECT_HELP)}`);

/** Gathers, signs and sends. Stops at the first piece that is not stored; what was stored before it stays. */
export async function runCollect(args: readonly string[], world: Rim): Promise<Outcome> {
  const told = given(COLLECT_HELP.flags, args);
  if (told.positionals.length > 0) return wrong('collect takes options only.');
  const at = rimAt(told, world);
  if (!at.ok) return wrong(at.complaint);
  const rim = told.on('verbose') ? at.value : { ...at.value, say: () => undefined };
  const change = changeOf(told, rim.environment, runnerOf(rim.environment));
  if (!change.ok) return wrong(change.complaint);
  if (secondsOf(told.text('wait') ?? '60', 0) === undefined)
    return wrong('--wait is a number of seconds from 0 to 3600.');
  const dry = told.on('dry-run');
  const to = dry ? undefined : addressOf(told, rim);
  if (to?.ok === false) return wrong(to.complaint);
  try {
    const prepared = prepare(await gather(told, rim, change.value));
    if (prepared.envelopes.length === 0) return nothing(prepared);
    const sent = to === undefined ? undefined : await sendPieces(prepared.envelopes, { ...to, rim });
    return shown(prepared, sent, told.on('json'));
  } catch (error) {
    if (error instanceof GitProblem) return couldNot(error.message);
    if (error instanceof OptionProblem) return wrong(error.message);
    throw error;
  }
}

const addressOf = (told: Given, rim: Rim) =>
  destination(
    {
      url: told.text('url') ?? rim.environment['CHANGE_EVIDENCE_URL'],
      urlVariable: 'CHANGE_EVIDENCE_URL',
      secretEnv: told.text('secret-env') ?? 'CHANGE_PIPELINE_SECRET',
      wait: told.text('wait') ?? '60',
    },
    rim.environment,
  );

/** The pieces in their order, the statement of all of them first. @throws OptionProblem when one would not be understood. */
function prepare(collected: Collected): Prepared {
  const found = joinedUp(envelopesOf(collected.gathered));
  if (found.length === 0) return { ...collected, envelopes: [] };
  const following = [...notObtainedOf(collected.gathered, collected.report), ...found].flatMap(pieces);
  const envelopes = [...pieces(statementOf(collected.gathered, { ...collected, following })), ...following];
  for (const envelope of envelopes) refuseWrong(envelope);
  return { ...collected, envelopes };
}

function refuseWrong(envelope: Envelope): void {
  const read = readEnvelope(envelope);
  if (!read.ok)
    throw new OptionProblem(`This cannot be handed in (${envelope.kind}: ${read.reason}). Check the options.`);
  if (sizeOf(envelope) > MAX_BODY_BYTES)
    throw new OptionProblem(
      `A piece (${envelope.kind}) would be larger than the ${MAX_BODY_BYTES} bytes that are taken. Use --digests-only.`,
    );
}

function nothing({ gathered: { base }, report }: Prepared): Outcome {
  const since = base === undefined ? '' : ` since ${base.says} (${base.commit ?? 'the beginning'})`;
  const lines = [`There is nothing to hand in: no commit${since}, no run and no file.`];
  return {
    exitCode: 1,
    output: [...lines, ...report.missing.map(({ what, why }) => `missing: ${what}: ${why}`)].join('\n'),
  };
}
