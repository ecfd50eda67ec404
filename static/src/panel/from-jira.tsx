import type { ReactElement } from 'react';
import type { FromJiraView } from '../../../src/contract/from-jira';
import type { ChangeView } from '../../../src/contract/panel';
import { LongList } from '../parts/long-list';
import { Message } from '../parts/message';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { GROUPS, inOrder, unread } from '../wording/from-jira';
import { Development } from './from-jira-development';
import { FromJiraItem } from './from-jira-item';
import type { SectionsProps } from './panel';

interface FromJiraProps extends SectionsProps {
  readonly view: ChangeView;
}

/** What hangs on the change in Jira itself, and what of it the app could not read. */
export function FromJira({ view, change, announce }: FromJiraProps): ReactElement {
  const { fromJira } = view;
  const groups = GROUPS.map((group) => ({
    ...group,
    items: inOrder(fromJira.records.filter(({ record }) => record === group.kind)),
  })).filter(({ items }) => items.length > 0);
  return (
    <Section title="From Jira" count={Object.values(fromJira.totals).reduce((sum, count) => sum + count, 0)}>
      <AsOf view={fromJira} />
      <Unread view={fromJira} />
      {groups.map(({ kind, title, noun, items }) => (
        <div className="stack" key={kind}>
          <h3>
            {title} <span className="subtle">{fromJira.totals[kind]}</span>
          </h3>
          <LongList items={items} first={3} noun={noun} className="evidence" keyOf={({ id }) => id}>
            {(item) => <FromJiraItem item={item} />}
          </LongList>
          {fromJira.totals[kind] > items.length && (
            <p className="small subtle">
              The newest {items.length} of {fromJira.totals[kind]}; an evidence pack has them all.
            </p>
          )}
        </div>
      ))}
      <Development view={view} change={change} announce={announce} />
    </Section>
  );
}

function AsOf({ view }: { readonly view: FromJiraView }): ReactElement {
  if (view.readAt === null)
    return <p className="subtle">Jira is being read for the first time; look again in a minute.</p>;
  const nothing = view.records.length === 0 && unread(view).length === 0;
  return (
    <p className="subtle">
      {nothing ? 'No attachment, comment or link is on this change. ' : ''}As of <Time at={view.readAt} />.
    </p>
  );
}

function Unread({ view }: { readonly view: FromJiraView }): ReactElement | null {
  const sentences = unread(view);
  if (sentences.length === 0) return null;
  return (
    <Message tone="warning" title="Not everything could be read">
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="small">It is tried again every hour. What is not read is not taken for gone.</p>
    </Message>
  );
}
