import { useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../src/contract/panel';
import type { SetupView } from '../../../src/contract/setup';
import { Button } from '../parts/button';
import { Section } from '../parts/section';
import { Adoption } from './adoption';
import { Fields } from './fields';
import { Loaded } from './loaded';
import type { SectionProps } from './sections';
import { Applying } from './setup/applying';
import { Finished } from './setup/finished';
import { Undo } from './setup/undo';
import { Wizard } from './setup/wizard';

/** How change control sits in this Jira: the wizard on the first run, then what it made, and the wizard again on request. */
export default function SetUp({ shown, go }: SectionProps): ReactElement {
  return (
    <Loaded method={METHODS.readSetup} what="the set-up" shown={shown} once>
      {(view, again) => <Standing view={view} again={again} shown={shown} go={go} />}
    </Loaded>
  );
}

interface StandingProps extends SectionProps {
  readonly view: SetupView;
  readonly again: () => void;
}

function Standing({ view, again, shown, go }: StandingProps): ReactElement {
  const [open, setOpen] = useState<'wizard' | 'applying' | null>(null);
  const [finished, setFinished] = useState<SetupView | null>(null);
  const close = () => {
    setOpen(null);
    again();
  };
  if (finished !== null) {
    return (
      <Finished
        view={finished}
        go={go}
        onClose={() => {
          setFinished(null);
          close();
        }}
      />
    );
  }
  if (open === 'applying' && view.choices !== null)
    return <Applying choices={view.choices} onDone={setFinished} onBack={() => setOpen('wizard')} />;
  if (open === 'wizard' || (open === null && view.firstRun && view.state === 'none'))
    return <Wizard view={view} onDone={setFinished} onClose={view.firstRun ? null : close} />;
  if (view.state === 'applying') {
    return (
      <Section title="Set-up was broken off">
        <p>
          {view.done} of {view.total} parts are there. Going on is safe: what is there is found again and nothing is
          made twice.
        </p>
        <div className="row">
          <Button look="primary" onPress={() => setOpen('applying')}>
            Go on
          </Button>
          <Button onPress={() => setOpen('wizard')}>Change the choices</Button>
        </div>
        <Undo made={view.made} />
      </Section>
    );
  }
  return (
    <>
      <Section title="Set-up" action={<Button onPress={() => setOpen('wizard')}>Run set-up again</Button>}>
        <p className="subtle">
          Running it again adds a project, or puts back what was taken out. It shows the exact plan first; where
          everything is in place, the plan is empty.
        </p>
        <Undo made={view.made} />
      </Section>
      <Loaded method={METHODS.readAdmin} what="the fields" shown={shown}>
        {({ fields }) => <Fields fields={fields} />}
      </Loaded>
      <Adoption shown={shown} />
    </>
  );
}
