import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import type { FilesView } from '../../../src/contract/files';
import { Button } from '../parts/button';
import { LongList } from '../parts/long-list';
import { Message } from '../parts/message';
import { NotRead } from '../parts/not-read';
import { Section } from '../parts/section';
import { Skeleton } from '../parts/skeleton';
import { FileItem } from './file-item';
import { HandIn } from './hand-in';
import { useFiles } from './use-files';
import './files.css';

export interface FilesProps {
  readonly announce: (text: string) => void;
  /** Something was handed in or read: what else the panel shows of the change is older than that. */
  readonly onChanged: () => void;
}

/** Files that pipelines and people handed in for this change: what each states, and how that stands to the change. */
export default function Files({ announce, onChanged }: FilesProps): ReactElement {
  const { view, error, reading, retry, expect } = useFiles(onChanged);
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLSpanElement>(null);
  // The form is gone with the focus in it, so it goes back to what opened it.
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => opener.current?.querySelector('button')?.focus());
  };
  const handIn = (
    <span ref={opener}>
      <Button expanded={open} onPress={() => setOpen(true)}>
        Hand in a file
      </Button>
    </span>
  );
  return (
    <Section
      title="Files handed in"
      {...(view === null ? {} : { count: view.files.length })}
      {...(view?.mayHandIn === true && !open ? { action: handIn } : {})}
    >
      {view === null && error === null && <Skeleton label="Reading the files" part />}
      {view === null && error !== null && <NotRead title="The files could not be read" error={error} onRetry={retry} />}
      {view !== null && (
        <>
          {error !== null && (
            <Message tone="warning" title="This may be out of date" role="status">
              <div>
                <Button onPress={retry}>Read again</Button>
              </div>
            </Message>
          )}
          {open && (
            <HandIn
              maxBytes={view.maxBytes}
              announce={announce}
              onClose={close}
              onHandedIn={(handedIn) => {
                expect(handedIn.digest);
                onChanged();
              }}
            />
          )}
          <Waiting view={view} reading={reading} onRead={retry} />
          <List view={view} />
        </>
      )}
    </Section>
  );
}

function List({ view }: { readonly view: FilesView }): ReactElement {
  const files = view.files.toReversed();
  return (
    <>
      {files.length === 0 && view.waiting === 0 && (
        <p className="subtle">
          No file is here yet. A pipeline can send logs, plans, reports and attestations, and people can hand them in
          here.
        </p>
      )}
      <LongList items={files} first={5} noun="files" className="files" keyOf={({ seq }) => seq}>
        {(file) => <FileItem file={file} />}
      </LongList>
      {!view.mayHandIn && view.whyNot !== null && (
        <p className="small subtle">You cannot hand in files here: {view.whyNot.sentence}</p>
      )}
    </>
  );
}

interface WaitingProps {
  readonly view: FilesView;
  readonly reading: boolean;
  readonly onRead: () => void;
}

function Waiting({ view: { waiting }, reading, onRead }: WaitingProps): ReactElement | null {
  const [shown, setShown] = useState(waiting);
  useEffect(() => setShown(waiting), [waiting]);
  if (shown === 0) return null;
  const what = shown === 1 ? '1 delivery is' : `${shown} deliveries are`;
  return (
    <Message tone="information" title={`${what} stored and being read`} role="status">
      <p>This list follows by itself.</p>
      {!reading && (
        <div>
          <Button tight onPress={onRead}>
            Look now
          </Button>
        </div>
      )}
    </Message>
  );
}
