import type { ReactElement } from 'react';
import type { ChangeView } from '../../../src/contract/panel';
import { Digest } from '../parts/digest';
import { Lozenge } from '../parts/lozenge';
import { Message } from '../parts/message';

/** How long the change's record is, the hash that binds it, and whether it verifies. */
export function LedgerLine({ ledger }: { readonly ledger: ChangeView['ledger'] }): ReactElement {
  return (
    <footer className="ledger">
      {!ledger.intact && (
        <Message tone="bad" title="The change’s record does not verify">
          <p>
            An entry was altered or removed behind the app’s back. Nothing opens until this is resolved; tell your Jira
            admin.
          </p>
        </Message>
      )}
      <div className="row small subtle">
        <span>
          Record: {ledger.entries} {ledger.entries === 1 ? 'entry' : 'entries'}
        </span>
        {ledger.head !== null && (
          <span>
            head <Digest value={ledger.head} of="hash of the newest entry" />
          </span>
        )}
        <Lozenge tone={ledger.intact ? 'good' : 'bad'}>{ledger.intact ? 'Intact' : 'Not intact'}</Lozenge>
      </div>
    </footer>
  );
}
