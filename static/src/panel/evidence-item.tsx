import type { ReactElement, ReactNode } from 'react';
import type { EvidenceView } from '../../../src/contract/panel';
import { Digest } from '../parts/digest';
import { Lozenge } from '../parts/lozenge';
import { OutsideLink } from '../parts/outside-link';
import { ShortHash } from '../parts/short-hash';
import { Time } from '../parts/time';
import { useViewing } from '../parts/viewing';
import {
  bytesElsewhere,
  cameFrom,
  identifier,
  inWords,
  isHash,
  namedWords,
  peopleInRoles,
  shortHash,
  skewWords,
  statedToo,
} from '../wording/evidence';
import { marks } from '../wording/evidence-marks';
import type { MarkedItem } from '../wording/evidence-marks';

/** One fact: what it is, how it stands, and in small who did it, when, and how it came. */
export function EvidenceItem({ item, mark }: MarkedItem): ReactElement {
  const name = identifier(item);
  return (
    <>
      <div className="row">
        {isHash(item.id) && <Digest value={item.id} of={`hash of commit ${name}`} short={name} />}
        {name.startsWith('#') && <span className="mono">{name}</span>}
        <span className="evidence-title">
          <OutsideLink url={item.url}>{item.title ?? `${inWords(item.kind)} ${name}`}</OutsideLink>
        </span>
        {marks({ item, mark }).map(({ text, tone }) => (
          <Lozenge key={text} tone={tone}>
            {text}
          </Lozenge>
        ))}
      </div>
      <p className="small subtle dotted">
        <Details item={item} />
      </p>
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
    isHash(item.id) || name.startsWith('#') || item.title === null ? null : <ShortHash key="id" value={item.id} />,
    environment ?? null,
    item.repository,
    people.length > 0 ? people.join(', ') : null,
    about.length === 0 ? null : about.length === 1 ? `about ${about.join('')}` : `about ${about.length} commits`,
    item.claimedAt === null ? <Time key="time" at={item.receivedAt} /> : <Time key="time" at={item.claimedAt} />,
    skew?.flag === false ? skew.text : null,
    namedWords(item),
    bytesElsewhere(item, locale),
    item.facts > 1 ? `received ${item.facts} times` : null,
    statedToo(item),
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
