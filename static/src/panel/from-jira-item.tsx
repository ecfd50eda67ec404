import type { ReactElement, ReactNode } from 'react';
import type { JiraRecordView } from '../../../src/contract/from-jira';
import { Digest } from '../parts/digest';
import { Lozenge } from '../parts/lozenge';
import { OutsideLink } from '../parts/outside-link';
import { Time } from '../parts/time';
import { useViewing } from '../parts/viewing';
import { sizeWords } from '../wording/bytes';
import { inWords } from '../wording/evidence';
import { stateOf, textMissing } from '../wording/from-jira';
import './from-jira.css';

/** One thing that hangs on the change in Jira, as it is or as it was before it went. */
export function FromJiraItem({ item }: { readonly item: JiraRecordView }): ReactElement {
  const state = stateOf(item);
  const missing = textMissing(item);
  const title = item.record === 'comment' ? `${item.by ?? 'Somebody whose name is erased'} wrote` : item.title;
  return (
    <>
      <div className="row">
        <span className="evidence-title">
          <OutsideLink url={item.url}>{title ?? 'The name was erased'}</OutsideLink>
        </span>
        {item.matters !== null && <Lozenge tone="neutral">{mattersWords(item.matters)}</Lozenge>}
        {item.record === 'approval' && <Decision did={item.attributes['decision'] ?? 'unknown'} />}
        {item.held === false && <Lozenge tone="warning">Not recorded here</Lozenge>}
        {state !== null && <Lozenge tone={item.state === 'gone' ? 'bad' : 'waiting'}>{state}</Lozenge>}
      </div>
      {item.text !== null && <p className="comment-text">{item.text}</p>}
      {missing !== null && <p className="subtle">{missing}</p>}
      {item.people.map(({ name, did }) => (
        <p key={`${name} ${did}`} className="small">
          {name}: {inWords(did)}
        </p>
      ))}
      <p className="small subtle dotted">
        <Details item={item} />
      </p>
      {item.record === 'attachment' && <Hash item={item} />}
    </>
  );
}

const mattersWords = (matters: string): string => matters.charAt(0).toUpperCase() + matters.slice(1);

/** It says what somebody decided there, never that it counts here. */
function Decision({ did }: { readonly did: string }): ReactElement {
  return <Lozenge tone={did === 'pending' ? 'waiting' : 'neutral'}>{`${mattersWords(inWords(did))} in Jira`}</Lozenge>;
}

function Details({ item }: { readonly item: JiraRecordView }): ReactElement {
  const { locale } = useViewing();
  const { attributes, gone, at, by, record } = item;
  const size = Number(attributes['size']);
  const details: readonly (ReactNode | null)[] = [
    record === 'development' ? inWords(attributes['kind'] ?? 'item') : null,
    record === 'development' ? (attributes['state'] ?? null) : null,
    record === 'link' && attributes['issueId'] !== undefined ? `id ${attributes['issueId']}` : null,
    attributes['application'] ?? null,
    Number.isFinite(size) ? sizeWords(size, locale) : null,
    record !== 'comment' && by !== null ? `by ${by}` : null,
    at === null ? null : <Time key="at" at={at} />,
    attributes['restricted'] === undefined ? null : 'shown to some only',
    attributes['internal'] === undefined ? null : 'internal',
    item.state === 'changed' && attributes['updated'] !== undefined ? (
      <>
        edited <Time at={attributes['updated']} />
      </>
    ) : null,
    gone === null ? null : (
      <>
        {gone.by === null ? 'gone' : `removed by ${gone.by}`} <Time at={gone.at ?? item.changedAt} />
      </>
    ),
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

function Hash({ item }: { readonly item: JiraRecordView }): ReactElement {
  const { sha256, notHashed } = item.attributes;
  return (
    <p className="small subtle">
      {sha256 === undefined ? (
        `Not hashed: ${notHashed ?? 'it has its turn in the next reading.'}`
      ) : (
        <>
          SHA-256 <Digest value={sha256} of={`digest of ${item.title ?? 'the attachment'}`} />
        </>
      )}
    </p>
  );
}
