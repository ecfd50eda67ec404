import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { Icon } from '../parts/icon';
import { LongList } from '../parts/long-list';
import { Lozenge } from '../parts/lozenge';
import { Section } from '../parts/section';
import { groupEvidence, outcomeWords } from '../wording/evidence';
import type { EvidenceGroup } from '../wording/evidence';
import { marksOf, needsALook, summaryOf } from '../wording/evidence-marks';
import type { MarkedItem } from '../wording/evidence-marks';
import { signaturesByCommit } from '../wording/signatures';
import { EvidenceItem } from './evidence-item';

/** So many kinds are shown whole; of more each is folded behind what it says, but those somebody has to look at. */
const WHOLE = 3;

/** What the pipelines handed in, by kind; each fact once. */
export function Evidence({ view }: { readonly view: ChangeView }): ReactElement {
  const { evidence: items, expected, verdict } = view;
  const groups = groupEvidence(items);
  const signatures = signaturesByCommit(items);
  return (
    <Section title="Evidence" count={items.length}>
      {expected.length > 0 && <Expected of={expected} judgedAs={verdict.judgedAs} />}
      {groups.length === 0 ? (
        <p className="subtle">
          No commit, pull request, run or deployment names this change yet. Put its key into a commit message, a branch
          name or a pull-request title, and it appears here.
        </p>
      ) : (
        <div>
          {groups.map((group) => (
            <Group
              key={group.kind}
              title={group.title}
              items={marksOf(group.items, signatures)}
              folds={groups.length > WHOLE}
            />
          ))}
        </div>
      )}
    </Section>
  );
}

interface ExpectedProps {
  readonly of: ChangeView['expected'];
  readonly judgedAs: string;
}

function Expected({ of, judgedAs }: ExpectedProps): ReactElement {
  return (
    <div className="stack">
      <h3>Expected of a {judgedAs} change</h3>
      <ul className="expected-kinds">
        {of.map((one) => (
          <li key={one.kind} className={`tick-line ${one.state}`}>
            <Icon shape={one.state === 'found' ? 'good' : one.state === 'missing' ? 'information' : 'warning'} />
            <span>
              {one.name.charAt(0).toUpperCase() + one.name.slice(1)} <span className="subtle">{outcomeWords(one)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface GroupProps {
  readonly title: EvidenceGroup['title'];
  readonly items: readonly MarkedItem[];
  readonly folds: boolean;
}

/** All facts of one kind; folded, the line says how they stand. */
function Group({ title, items, folds }: GroupProps): ReactElement {
  const list = (
    <LongList items={items} first={5} noun={title.toLowerCase()} className="evidence" keyOf={({ item }) => item.seq}>
      {({ item, mark }) => <EvidenceItem item={item} mark={mark} />}
    </LongList>
  );
  const heading = (
    <h3>
      {title} <span className="subtle">{items.length}</span>
    </h3>
  );
  if (!folds)
    return (
      <div className="stack evidence-kind">
        {heading}
        {list}
      </div>
    );
  return (
    <details className="evidence-kind" open={items.some(needsALook) || undefined}>
      <summary>
        {heading}
        {summaryOf(items).map(({ text, tone }) => (
          <Lozenge key={text} tone={tone}>
            {text}
          </Lozenge>
        ))}
      </summary>
      {list}
    </details>
  );
}
