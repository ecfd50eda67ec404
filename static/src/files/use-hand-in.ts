import { useRef, useState } from 'react';
import type { FileHandedIn, HandedInKind, UploadView } from '../../../src/contract/files';
import { METHODS } from '../../../src/contract/panel';
import { ask, Refused, sayFailure } from '../bridge/ask';
import { base64Of, sha256Of } from '../wording/bytes';
import { fileName, mediaTypeOf } from '../wording/files';

export type HandInState =
  | { readonly step: 'idle' }
  | { readonly step: 'hashing' }
  | { readonly step: 'sending'; readonly done: number; readonly of: number }
  | { readonly step: 'finishing' }
  /** `again` is true when what was sent so far is kept: trying again goes on from there. */
  | { readonly step: 'failed'; readonly message: string; readonly again: boolean }
  | { readonly step: 'done'; readonly handedIn: FileHandedIn };

export interface ToHandIn {
  readonly file: File;
  readonly kind: HandedInKind;
  readonly about: string;
}

export interface HandingIn {
  readonly state: HandInState;
  readonly send: (what: ToHandIn) => Promise<void>;
  readonly cancel: () => void;
}

interface Begun {
  readonly what: ToHandIn;
  readonly upload: UploadView;
  /** Pieces that the app has. */
  sent: number;
}

/**
 * Hands a file in by pieces. What failed is tried again from the piece at which it failed, as long as file and words are the
 * same and the app knows the upload; a cancelled one is left behind, and the app sweeps it away.
 */
export function useHandIn(onHandedIn: (handedIn: FileHandedIn) => void): HandingIn {
  const [state, setState] = useState<HandInState>({ step: 'idle' });
  const begun = useRef<Begun | null>(null);
  const turn = useRef(0);
  const send = async (what: ToHandIn) => {
    const mine = (turn.current += 1);
    const isGone = () => mine !== turn.current;
    try {
      if (begun.current === null || !isSame(begun.current.what, what)) {
        setState({ step: 'hashing' });
        const upload = await begin(what);
        if (isGone()) return;
        begun.current = { what, upload, sent: 0 };
      }
      const current = begun.current;
      while (current.sent < current.upload.pieces) {
        setState({ step: 'sending', done: current.sent, of: current.upload.pieces });
        await sendPiece(current);
        if (isGone()) return;
        current.sent += 1;
      }
      setState({ step: 'finishing' });
      const handedIn = await ask(METHODS.finishFile, { upload: current.upload.upload });
      begun.current = null;
      // Too late to cancel: it is stored, and is said to be.
      onHandedIn(handedIn);
      setState({ step: 'done', handedIn });
    } catch (failure) {
      // What the app refused begins anew; after a lost answer it goes on where it was.
      if (failure instanceof Refused && failure.status !== 503) begun.current = null;
      if (!isGone()) setState({ step: 'failed', message: sayFailure(failure), again: begun.current !== null });
    }
  };
  const cancel = () => {
    turn.current += 1;
    begun.current = null;
    setState({ step: 'idle' });
  };
  return { state, send, cancel };
}

const isSame = (a: ToHandIn, b: ToHandIn): boolean => a.file === b.file && a.kind === b.kind && a.about === b.about;

async function begin({ file, kind, about }: ToHandIn): Promise<UploadView> {
  return ask(METHODS.beginFile, {
    name: fileName(file.name),
    mediaType: mediaTypeOf(file.type),
    kind,
    about,
    size: file.size,
    digest: await sha256Of(await file.arrayBuffer()),
  });
}

async function sendPiece({ what: { file }, upload, sent }: Begun): Promise<void> {
  const { pieceBytes } = upload;
  const bytes = await file.slice(sent * pieceBytes, (sent + 1) * pieceBytes).arrayBuffer();
  await ask(METHODS.sendPiece, { upload: upload.upload, piece: sent, base64: base64Of(new Uint8Array(bytes)) });
}
