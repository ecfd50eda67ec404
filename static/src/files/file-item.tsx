import { useId, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import type { FileView } from '../../../src/contract/files';
import { Button } from '../parts/button';
import { Digest } from '../parts/digest';
import { Lozenge } from '../parts/lozenge';
import { Time } from '../parts/time';
import { useViewing } from '../parts/viewing';
import { sizeWords } from '../wording/bytes';
import {
  claimedWords,
  findingWords,
  formatWords,
  fromWords,
  signatureMarks,
  statesWords,
  trustWords,
} from '../wording/files';
import { FileRows } from './file-rows';
import { FileStanding } from './file-standing';

/** One file: what it is and states, what was noticed, who signed it, who handed it in; its rows on request. */
export function FileItem({ file }: { readonly file: FileView }): ReactElement {
  const [open, setOpen] = useState(false);
  const rows = useId();
  const name = file.name ?? 'A file whose name was erased';
  const shows = file.outcome === 'read';
  return (
    <div className="stack">
      <div className="row">
        <strong className="file-name">{name}</strong>
        <Lozenge tone="neutral">{formatWords(file.format)}</Lozenge>
        {file.outcome === 'refused' && <Lozenge tone="bad">Not read</Lozenge>}
        {signatureMarks(file).map(({ text, tone }) => (
          <Lozenge key={text} tone={tone}>
            {text}
          </Lozenge>
        ))}
        {file.redacted && <Lozenge tone="warning">Redacted</Lozenge>}
        <span className="grow" />
        {shows && (
          <Button
            tight
            expanded={open}
            label={open ? `Hide rows of ${name}` : `Show rows of ${name}`}
            onPress={() => setOpen(!open)}
          >
            {open ? 'Hide rows' : 'Show rows'}
          </Button>
        )}
      </div>
      {file.title !== null && file.title !== name && <p>{file.title}</p>}
      {file.about !== null && <p className="subtle">“{file.about}”</p>}
      {file.refusal !== null && <p>{file.refusal.sentence}</p>}
      <Findings codes={file.findings} />
      <FileStanding file={file} />
      <Particulars file={file} />
      {open && (
        <div id={rows}>
          <FileRows file={file} name={name} />
        </div>
      )}
    </div>
  );
}

function Findings({ codes }: { readonly codes: readonly string[] }): ReactElement | null {
  if (codes.length === 0) return null;
  return (
    <p className="row">
      {codes.map((code) => (
        <Lozenge key={code} tone="warning">
          {findingWords(code)}
        </Lozenge>
      ))}
    </p>
  );
}

function Particulars({ file }: { readonly file: FileView }): ReactElement {
  const { locale } = useViewing();
  const { claimed } = file;
  const details: readonly (ReactNode | null)[] = [
    `handed in as “${claimedWords(file.claimedKind)}”`,
    statesWords(file, locale),
    claimed === null ? null : claimed.from === claimed.to ? (
      <>
        of <Time at={claimed.from} relative={false} />
      </>
    ) : (
      <>
        from <Time at={claimed.from} relative={false} /> to <Time at={claimed.to} relative={false} />
      </>
    ),
    sizeWords(file.size, locale),
    fromWords(file),
    <>
      received <Time at={file.receivedAt} />
    </>,
    trustWords(file),
  ];
  return (
    <p className="small subtle dotted">
      {details
        .filter((detail) => detail !== null)
        .map((detail, i) => (
          <span key={i}>{detail}</span>
        ))}
      <Digest value={file.digest} of={`hash of ${file.name ?? 'the file'}`} />
    </p>
  );
}
