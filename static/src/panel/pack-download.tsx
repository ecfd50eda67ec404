import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import type { PackView } from '../../../src/contract/panel';
import { sayFailure } from '../bridge/ask';
import { Button } from '../parts/button';
import { fetchPack, save } from './download';

type Step =
  | { readonly at: 'idle' }
  | { readonly at: 'fetching'; readonly done: number }
  | { readonly at: 'saved'; readonly url: string }
  | { readonly at: 'failed'; readonly why: string };

/** Fetches a pack part by part and saves it; the link that remains is for browsers that want one more click. */
export function Download({ pack }: { readonly pack: PackView }): ReactElement {
  const [step, setStep] = useState<Step>({ at: 'idle' });
  const url = useRef<string | null>(null);
  useEffect(
    () => () => {
      if (url.current !== null) URL.revokeObjectURL(url.current);
    },
    [],
  );
  const download = async () => {
    setStep({ at: 'fetching', done: 0 });
    try {
      const blob = await fetchPack(pack, (done) => setStep({ at: 'fetching', done }));
      url.current = URL.createObjectURL(blob);
      save(url.current, pack.fileName);
      setStep({ at: 'saved', url: url.current });
    } catch (failure) {
      setStep({ at: 'failed', why: sayFailure(failure) });
    }
  };
  const fetching = step.at === 'fetching';
  return (
    <div className="row">
      <Button busy={fetching} label={`Download ${pack.fileName}`} onPress={() => void download()}>
        Download
      </Button>
      <span role="status" className="small subtle">
        {fetching && `Fetching part ${Math.min(step.done + 1, pack.parts)} of ${pack.parts}`}
        {step.at === 'saved' && (
          <>
            Saved. Nothing came?{' '}
            <a href={step.url} download={pack.fileName}>
              Save {pack.fileName}
            </a>
          </>
        )}
      </span>
      {step.at === 'failed' && (
        <span className="field-error" role="alert">
          {step.why}
        </span>
      )}
    </div>
  );
}
