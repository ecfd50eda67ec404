import { useState } from 'react';
import type { ReactElement } from 'react';
import { Button } from '../../parts/button';
import { save } from '../../panel/download';

/** The plan as JSON, to keep or to carry out by hand. */
export function PlanFile({ json }: { readonly json: string }): ReactElement {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(json);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  const download = () => {
    const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
    save(url, 'change-control-plan.json');
    URL.revokeObjectURL(url);
  };
  return (
    <details className="item">
      <summary>The plan as JSON</summary>
      <div className="stack">
        <div className="row">
          <Button onPress={() => void copy()}>Copy</Button>
          <Button onPress={download}>Download</Button>
          <span role="status" className="small subtle">
            {copied === true && 'Copied.'}
            {copied === false && 'This browser does not let the page copy: select the text, or download it.'}
          </span>
        </div>
        <pre className="plan-json" tabIndex={0} aria-label="The plan as JSON">
          {json}
        </pre>
      </div>
    </details>
  );
}
