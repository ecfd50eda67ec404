// The least that shows a change in a frame: React, Forge's bridge, one resolver call. What the panel is measured beside.
import { invoke, view } from '@forge/bridge';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

function Plain() {
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    void view
      .getContext()
      .then(() => invoke('change.read', {}))
      .then((answer) => setShown(JSON.stringify(answer)));
  }, []);
  useEffect(() => {
    if (shown !== null) performance.mark('data-shown');
  }, [shown]);
  return <pre>{shown ?? 'Opening'}</pre>;
}

const element = document.getElementById('root');
if (element !== null) createRoot(element).render(<Plain />);
