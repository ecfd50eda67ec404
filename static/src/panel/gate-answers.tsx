import { Fragment } from 'react';
import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { LongList } from '../parts/long-list';
import { Lozenge } from '../parts/lozenge';
import { Section } from '../parts/section';
import { ShortHash } from '../parts/short-hash';
import { Time } from '../parts/time';
import { verdictTone, verdictWords } from '../wording/gate';

type Answer = ChangeView['gate'][number];
type Deployment = ChangeView['deployments'][number];

/** What pipelines asked the deploy gate and were told, with the deployments that followed; and those nobody asked for. */
export function GateAnswers({ view }: { readonly view: ChangeView }): ReactElement | null {
  const { gate, deployments } = view;
  const unasked = deployments.filter(({ answer }) => answer === null);
  if (gate.length + unasked.length === 0) return null;
  return (
    <Section title="Deploy gate" count={gate.length}>
      {gate.length > 0 && (
        <LongList items={gate} first={5} noun="answers" className="evidence" keyOf={({ seq }) => seq}>
          {(answer) => <Told answer={answer} />}
        </LongList>
      )}
      {unasked.length > 0 && (
        <div className="stack">
          <h3>
            Deployments that followed no answer <span className="subtle">{unasked.length}</span>
          </h3>
          <LongList
            items={unasked}
            first={5}
            noun="deployments"
            className="evidence"
            keyOf={({ facts }) => facts[0] ?? -1}
          >
            {(deployment) => <Unasked deployment={deployment} />}
          </LongList>
        </div>
      )}
    </Section>
  );
}

function Told({ answer }: { readonly answer: Answer }): ReactElement {
  const { verdict, environment, sentence, named, actor, at, seq, followedBy } = answer;
  return (
    <>
      <div className="row">
        <Lozenge tone={verdictTone(verdict)}>{verdictWords(verdict)}</Lozenge>
        <span className="evidence-title">{environment}</span>
      </div>
      <p className="small">{sentence}</p>
      <p className="small subtle dotted">
        <span>asked by {actor ?? 'somebody whose name was erased'}</span>
        <span>
          for{' '}
          {named.map((one, index) => (
            <Fragment key={one}>
              {index > 0 && ', '}
              <ShortHash value={one} />
            </Fragment>
          ))}
        </span>
        <span>
          <Time at={at} />
        </span>
        <span>entry {seq}</span>
        {followedBy.length === 0 && <span>no deployment followed</span>}
        {followedBy.map(({ name, at: deployedAt, facts }) => (
          <span key={facts[0] ?? name}>
            deployed as {name}, <Time at={deployedAt} />
          </span>
        ))}
      </p>
    </>
  );
}

function Unasked({ deployment }: { readonly deployment: Deployment }): ReactElement {
  const { name, environment, at, facts } = deployment;
  return (
    <>
      <div className="row">
        <span className="evidence-title">
          Deployment {name}
          {environment !== '' && ` to ${environment}`}
        </span>
      </div>
      <p className="small subtle dotted">
        <span>
          <Time at={at} />
        </span>
        <span>
          {facts.length === 1 ? 'entry' : 'entries'} {facts.join(', ')}
        </span>
      </p>
    </>
  );
}
