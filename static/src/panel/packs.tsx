import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ChangeView, PackView } from '../../../src/contract/panel';
import { METHODS } from '../../../src/contract/panel';
import { ask, sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { Digest } from '../parts/digest';
import { LongList } from '../parts/long-list';
import { Lozenge } from '../parts/lozenge';
import { Message } from '../parts/message';
import { personName } from '../parts/person';
import { Section } from '../parts/section';
import { Time } from '../parts/time';
import { useViewing } from '../parts/viewing';
import { sizeWords } from '../wording/bytes';
import { Download } from './pack-download';
import type { SectionsProps } from './panel';
import { useUnfinishedPacks } from './use-packs';

interface PacksProps extends SectionsProps {
  readonly view: ChangeView;
}

/** Makes evidence packs in the background and hands out those that were made. */
export function Packs({ view, change, announce }: PacksProps): ReactElement {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  useUnfinishedPacks(view.packs, change, announce);
  const assemble = async () => {
    setBusy(true);
    setError(null);
    try {
      change.acceptPack(await ask(METHODS.startPack));
      announce('The evidence pack is being assembled.');
    } catch (failure) {
      setError(sayFailure(failure));
    } finally {
      setBusy(false);
    }
  };
  const newestFirst = [...view.packs].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  return (
    <Section
      title="Evidence packs"
      count={view.packs.length}
      action={
        <Button busy={busy} onPress={() => void assemble()}>
          Assemble evidence pack
        </Button>
      }
    >
      {error !== null && (
        <Message tone="bad" role="alert">
          <p>{error}</p>
        </Message>
      )}
      {newestFirst.length === 0 ? (
        <p className="subtle">
          No pack yet. One file holds everything an assessor needs, and can be checked without Jira.
        </p>
      ) : (
        <LongList items={newestFirst} first={5} noun="packs" className="packs" keyOf={({ id }) => id}>
          {(pack) => <Pack pack={pack} />}
        </LongList>
      )}
    </Section>
  );
}

function Pack({ pack }: { readonly pack: PackView }): ReactElement {
  return (
    <article className="pack">
      <div className="row">
        <strong>{pack.fileName}</strong>
        {pack.state === 'failed' && <Lozenge tone="bad">Failed</Lozenge>}
        {(pack.state === 'queued' || pack.state === 'assembling') && (
          <Lozenge tone="waiting">{pack.state === 'queued' ? 'Queued' : 'Assembling'}</Lozenge>
        )}
      </div>
      <p className="small subtle dotted">
        <span>
          <Time at={pack.createdAt} />
        </span>
        <span>by {personName(pack.by)}</span>
        <Size pack={pack} />
      </p>
      {pack.manifestDigest !== null && (
        <p className="small subtle">
          Manifest SHA-256 <Digest value={pack.manifestDigest} of={`manifest digest of ${pack.fileName}`} />
        </p>
      )}
      {(pack.state === 'queued' || pack.state === 'assembling') && <Progress pack={pack} />}
      {pack.attachment !== null && (
        <p className="small subtle">
          {pack.attachment.attached
            ? 'Attached to this issue as well.'
            : `Not attached to this issue: ${pack.attachment.because ?? 'Jira did not say why.'}`}
        </p>
      )}
      {pack.failure !== null && <p className="field-error">{pack.failure.sentence}</p>}
      {pack.state === 'ready' && <Download pack={pack} />}
    </article>
  );
}

function Size({ pack }: { readonly pack: PackView }): ReactElement | null {
  const { locale } = useViewing();
  if (pack.files === null || pack.bytes === null) return null;
  return (
    <span>
      {pack.files} files, {sizeWords(pack.bytes, locale)}
    </span>
  );
}

function Progress({ pack }: { readonly pack: PackView }): ReactElement {
  const { done, total, step } = pack.progress;
  const text = pack.state === 'queued' ? 'Waiting for its turn' : step;
  return (
    <div className="stack">
      {total > 0 && (
        <progress className="progress" max={total} value={done} aria-label={`Assembling ${pack.fileName}`} />
      )}
      <p className="small subtle">
        {text}
        {total > 0 && ` (${done} of ${total})`}. You may leave this page.
      </p>
    </div>
  );
}
