import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../src/contract/panel';
import type { FileRowsView, FileView } from '../../../src/contract/files';
import { ask } from '../bridge/ask';
import { Button } from '../parts/button';
import { Field } from '../parts/field';
import { Message } from '../parts/message';
import { NotRead } from '../parts/not-read';
import { Skeleton } from '../parts/skeleton';
import { useViewing } from '../parts/viewing';
import { pageWords, ROW_FILTERS } from '../wording/files';
import type { RowFilter } from '../wording/files';
import { AgainstChange } from './against-change';
import { RowTable } from './row-table';

const PAGE = 25;

interface FileRowsProps {
  readonly file: FileView;
  readonly name: string;
}

interface Asked {
  readonly from: number;
  readonly only: RowFilter;
}

/** What one file states, a page at a time: held against the change, and only what does not match, if wanted. */
export function FileRows({ file, name }: FileRowsProps): ReactElement {
  const [asked, setAsked] = useState<Asked>({ from: 0, only: 'all' });
  const { view, error, busy, retry } = useRows(file.seq, asked);
  const top = useRef<HTMLDivElement>(null);
  const go = (next: Asked) => {
    setAsked(next);
    top.current?.focus();
  };
  if (view === null)
    return error === null ? (
      <Skeleton label={`Reading ${name}`} part />
    ) : (
      <NotRead title={`${name} could not be read`} error={error} onRetry={retry} />
    );
  if (view.state !== 'held') return <NotHeld state={view.state} />;
  return (
    <div ref={top} tabIndex={-1} role="group" aria-label={`What ${name} states`} className="file-rows stack">
      {view.findings.map(({ code, sentence }, i) => (
        <Message key={`${code} ${i}`} tone="warning">
          <p>{sentence}</p>
        </Message>
      ))}
      <AgainstChange view={view} />
      <Attributes attributes={view.attributes} />
      <Field label="Show" error={null}>
        {(control) => (
          <select
            {...control}
            value={asked.only}
            onChange={({ target }) => setAsked({ from: 0, only: target.value as RowFilter })}
          >
            {ROW_FILTERS.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        )}
      </Field>
      {error !== null && <NotRead title="This page could not be read" error={error} onRetry={retry} />}
      {view.rows.length === 0 ? (
        <p className="subtle">{nothingOf(asked.only)}</p>
      ) : (
        <RowTable view={view} name={name} />
      )}
      <Pages view={view} asked={asked} busy={busy} onGo={go} />
    </div>
  );
}

function useRows(file: number, { from, only }: Asked) {
  const [view, setView] = useState<FileRowsView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const newest = useRef(0);
  const read = useCallback(async () => {
    const mine = (newest.current += 1);
    setBusy(true);
    setError(null);
    try {
      const next = await ask(METHODS.readFile, { file, from, limit: PAGE, only });
      if (mine === newest.current) setView(next);
    } catch (failure) {
      if (mine === newest.current) setError(failure);
    } finally {
      if (mine === newest.current) setBusy(false);
    }
  }, [file, from, only]);
  useEffect(() => void read(), [read]);
  return { view, error, busy, retry: () => void read() };
}

const NOT_HELD = {
  erased: [
    'information',
    'The rows of this file were erased',
    'Its digest, what was noticed and the counts are in the ledger.',
  ],
  damaged: [
    'bad',
    'The rows of this file are not those that the ledger commits to',
    'They were altered or lost after they were recorded, and are not shown. Tell your Jira admin.',
  ],
  refused: ['information', 'This file was not read', 'It has no rows. Its digest is in the ledger.'],
} as const;

function NotHeld({ state }: { readonly state: Exclude<FileRowsView['state'], 'held'> }): ReactElement {
  const [tone, title, text] = NOT_HELD[state];
  return (
    <Message tone={tone} title={title}>
      <p>{text}</p>
    </Message>
  );
}

const nothingOf = (only: RowFilter): string =>
  only === 'not-fitting'
    ? 'Nothing that changed something stands outside the change.'
    : only === 'changes'
      ? 'Nothing in this file changed anything.'
      : 'This file states nothing that could be shown as a row.';

function Attributes({ attributes }: { readonly attributes: FileRowsView['attributes'] }): ReactElement | null {
  const known = Object.entries(attributes);
  if (known.length === 0) return null;
  return (
    <details className="small">
      <summary>About the file as a whole</summary>
      <dl className="before-after small">
        {known.map(([name, value]) => (
          <div key={name} className="attribute">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

interface PagesProps {
  readonly view: FileRowsView;
  readonly asked: Asked;
  readonly busy: boolean;
  readonly onGo: (next: Asked) => void;
}

function Pages({ view, asked, busy, onGo }: PagesProps): ReactElement {
  const { locale } = useViewing();
  const { next, from } = view;
  return (
    <div className="row">
      <p className="small subtle" role="status">
        {pageWords(view, locale)}
      </p>
      <span className="grow" />
      {from > 0 && (
        <Button tight busy={busy} onPress={() => onGo({ ...asked, from: Math.max(0, from - PAGE) })}>
          Previous rows
        </Button>
      )}
      {next !== null && (
        <Button tight busy={busy} onPress={() => onGo({ ...asked, from: next })}>
          Next rows
        </Button>
      )}
    </div>
  );
}
