import type { ReactElement, ReactNode } from 'react';
import type { ChangeView, EvidenceView } from '../../../src/contract/panel';
import { Digest } from '../parts/digest';
import { LongList } from '../parts/long-list';
import { Lozenge } from '../parts/lozenge';
import { OutsideLink } from '../parts/outside-link';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { useViewing } from '../parts/viewing';
import {
  bytesElsewhere,
  cameFrom,
  expectedWords,
  groupEvidence,
  identifier,
  inWords,
  isHash,
  peopleInRoles,
  shortHash,
  skewWords,
  toneOf,
} from '../wording/evidence';
import type { EvidenceGroup } from '../wording/evidence';
import { signatureMark, signaturesByCommit } from '../wording/signatures';
import type { Mark } from '../wording/signatures';

/** What the pipelines handed in, by kind; each fact once. */
export function Evidence({ view }: { readonly view: ChangeView }): ReactElement {
  const { evidence: items, expected, verdict } = view;
  const groups = groupEvidence(items);
  const signatures = signaturesByCommit(items);
  return (
    <Section title="Evidence" count={items.length}>
      {expected.length > 0 && (
        <p className="small subtle">
          Expected of a change judged as {verdict.judgedAs}: {expectedWords(expected)}.
        </p>
      )}
      {groups.length === 0 ? (
        <p className="subtle">
          No commit, pull request, run or deployment names this change yet. Put its key into a commit message, a branch
          name or a pull-request title, and it appears here.
        </p>
      ) : (
        groups.map((group) => <Group key={group.kind} group={group} signatures={signatures} />)
      )}
    </Section>
  );
}

interface GroupProps {
  readonly group: EvidenceGroup;
  readonly signatures: ReadonlyMap<string, Mark>;
}

function Group({ group, signatures }: GroupProps): ReactElement {
  return (
    <div className="stack">
      <h3>
        {group.title} <span className="subtle">{group.items.length}</span>
      </h3>
      <LongList
        items={group.items}
        first={5}
        noun={group.title.toLowerCase()}
        className="evidence"
        keyOf={({ seq }) => seq}
      >
        {(item) => <Item item={item} mark={markOf(item, signatures)} />}
      </LongList>
    </div>
  );
}

/** A commit's signature stands beside the commit too; for a signature itself the mark says more than its bare state. */
function markOf(item: EvidenceView, signatures: ReadonlyMap<string, Mark>): Mark | null {
  if (item.kind === 'commit-signature') return signatureMark(item);
  return item.kind === 'commit' ? (signatures.get(item.id) ?? null) : null;
}

interface ItemProps {
  readonly item: EvidenceView;
  readonly mark: Mark | null;
}

function Item({ item, mark }: ItemProps): ReactElement {
  const name = identifier(item);
  const skew = skewWords(item.skew);
  return (
    <>
      <div className="row">
        {isHash(item.id) && <Digest value={item.id} of={`hash of commit ${name}`} short={name} />}
        {name.startsWith('#') && <span className="mono">{name}</span>}
        <span className="evidence-title">
          <OutsideLink url={item.url}>{item.title ?? `${inWords(item.kind)} ${name}`}</OutsideLink>
        </span>
        {mark !== null && <Lozenge tone={mark.tone}>{mark.text}</Lozenge>}
        {item.state !== null && (item.kind !== 'commit-signature' || mark === null) && (
          <Lozenge tone={toneOf(item.state)}>{inWords(item.state)}</Lozenge>
        )}
        {skew?.flag === true && <Lozenge tone="warning">{skew.text}</Lozenge>}
        {item.redacted && <Lozenge tone="warning">Redacted</Lozenge>}
      </div>
      <p className="small subtle dotted">{<Details item={item} />}</p>
    </>
  );
}

function Details({ item }: { readonly item: EvidenceView }): ReactElement {
  const { locale } = useViewing();
  const people = peopleInRoles(item);
  const name = identifier(item);
  const environment = item.attributes['environment'];
  const skew = skewWords(item.skew);
  const about = item.commits.filter((commit) => commit !== item.id).map(shortHash);
  const details: readonly (ReactNode | null)[] = [
    isHash(item.id) || name.startsWith('#') || item.title === null ? null : `${inWords(item.kind)} ${name}`,
    environment ?? null,
    item.repository,
    people.length > 0 ? people.join(', ') : null,
    about.length === 0 ? null : about.length === 1 ? `about ${about.join('')}` : `about ${about.length} commits`,
    item.claimedAt === null ? <Time key="time" at={item.receivedAt} /> : <Time key="time" at={item.claimedAt} />,
    skew?.flag === false ? skew.text : null,
    item.namedBy.length > 0 ? `named in ${item.namedBy.map((place) => place.replaceAll('-', ' ')).join(', ')}` : null,
    bytesElsewhere(item, locale),
    item.facts > 1 ? `said ${item.facts} times` : null,
    cameFrom(item),
  ];
  return (
    <>
      {details
        .filter((detail) => detail !== null && detail !== '')
        .map((detail, index) => (
          <span key={index}>{detail}</span>
        ))}
    </>
  );
}
