import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import Spinner from '@atlaskit/spinner';
import type { PolicyForm, PolicyView } from '../../../src/contract/policy';
import { Button } from '../parts/button';
import { Message } from '../parts/message';
import { Deciders, EmergencyRules, Governed, RoleGroups } from './deciders';
import { Deploying, OutsideProvider, Retention } from './deploying';
import { ExpectedEvidence } from './expected-evidence';
import { Freezes } from './freezes';
import { LegalHolds } from './legal-holds';
import { RequiredFields } from './required-fields';
import { Review } from './review';
import { Sentences } from './sentences';
import { SiteIds } from './site-ids';
import { Templates } from './templates';
import type { PolicyEditing } from './use-policy';
import { usePolicySite } from './use-policy-site';

interface PolicyEditorProps {
  readonly editing: PolicyEditing;
  readonly view: PolicyView;
  readonly draft: PolicyForm;
}

/** The parts of the policy as forms. Saving comes after seeing what would change. */
export function PolicyEditor({ editing, view, draft }: PolicyEditorProps): ReactElement {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);
  const { edit } = editing;
  const { site, error: siteError } = usePolicySite();
  return (
    <div className="policy-editor stack" key={editing.generation}>
      <h3 ref={top} tabIndex={-1}>
        Edit the policy {view.version}
      </h3>
      <Governed draft={draft} edit={edit} />
      <RoleGroups draft={draft} edit={edit} site={site} />
      <Deciders draft={draft} edit={edit} />
      <RequiredFields draft={draft} edit={edit} />
      <ExpectedEvidence draft={draft} edit={edit} />
      <EmergencyRules draft={draft} edit={edit} />
      <Freezes draft={draft} edit={edit} />
      <Templates draft={draft} edit={edit} />
      <OutsideProvider draft={draft} edit={edit} site={site} />
      <Deploying draft={draft} edit={edit} />
      <Retention draft={draft} edit={edit} />
      <LegalHolds draft={draft} edit={edit} />
      <SiteIds draft={draft} edit={edit} site={site} />
      {siteError !== null && <Message tone="warning" title={siteError} role="status" />}
      {editing.faults.length > 0 && <Sentences title="This cannot be saved yet" sentences={editing.faults} />}
      {editing.error !== null && <Message tone="bad" title={editing.error} role="alert" />}
      {editing.preview === null ? (
        <div className="row">
          <Button look="primary" busy={editing.busy !== null} onPress={editing.check}>
            See what would change
          </Button>
          <Button look="quiet" busy={editing.busy === 'save'} onPress={editing.discard}>
            Discard edits
          </Button>
          {editing.busy !== null && <Spinner size="small" label="Judging the changes under this policy" />}
        </div>
      ) : (
        <Review editing={editing} preview={editing.preview} base={view.policy} draft={draft} />
      )}
    </div>
  );
}
