import { useRef, useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { Button } from './button';

interface FileChoiceProps {
  /** On the button: "Choose a file". */
  readonly label: string;
  /** What the zone is for, read to screen readers: "Drop a file here". */
  readonly zone: string;
  readonly busy?: boolean;
  readonly onChoose: (file: File) => void;
  readonly children?: ReactNode;
}

/** Takes one file, by button or dropped anywhere on the zone. What is dropped as anything but a file is left alone. */
export function FileChoice({ label, zone, busy = false, onChoose, children }: FileChoiceProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.item(0);
    if (file !== null && file !== undefined && !busy) onChoose(file);
  };
  return (
    <div
      className={over ? 'file-choice over' : 'file-choice'}
      role="group"
      aria-label={zone}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        take(event.dataTransfer.files);
      }}
    >
      <input
        ref={input}
        type="file"
        className="unseen"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          take(event.target.files);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
      <Button busy={busy} onPress={() => input.current?.click()}>
        {label}
      </Button>
      <span className="small subtle">{zone}</span>
      {children}
    </div>
  );
}
