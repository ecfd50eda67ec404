import { Suspense, useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { METHODS } from '../../../src/contract/panel';
import { ask } from '../bridge/ask';
import type { Viewer } from '../bridge/viewer';
import { Skeleton } from '../parts/skeleton';
import { ViewingProvider } from '../parts/viewing';
import { HealthBanner } from './health-banner';
import { SECTIONS } from './sections';
import { useSection } from './use-section';
import './admin.css';

const KEYS = SECTIONS.map(({ key }) => key);

/** On the first run set-up; afterwards, and where that cannot be told, the first section. */
async function home(): Promise<string> {
  try {
    return (await ask(METHODS.readSetup)).firstRun ? 'set-up' : SECTIONS[0].key;
  } catch {
    return SECTIONS[0].key;
  }
}

/** The admin page: its sections beside one another, one in front. Those once opened keep what was typed in them. */
export function Admin({ viewer }: { readonly viewer: Viewer }): ReactElement {
  const [current, go] = useSection(KEYS, home);
  const [now] = useState(() => new Date());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  if (current !== null && !opened.has(current)) setOpened(new Set([...opened, current]));
  const content = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) content.current?.focus();
    moved.current = false;
  }, [current]);
  const choose = (key: string) => {
    moved.current = key !== current;
    go(key);
  };
  return (
    <ViewingProvider value={{ locale: viewer.locale, timeZone: viewer.timeZone, now }}>
      <main className="page wide stack admin">
        <h1>Change control</h1>
        {current !== 'health' && <HealthBanner go={choose} />}
        <div className="admin-frame">
          <nav aria-label="Sections of change control">
            <ul className="admin-sections">
              {SECTIONS.map(({ key, title }) => (
                <li key={key}>
                  <button
                    type="button"
                    className="admin-section"
                    aria-current={key === current ? 'page' : undefined}
                    onClick={() => choose(key)}
                  >
                    {title}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          <div ref={content} tabIndex={-1} className="admin-content">
            {current === null && <Skeleton label="Opening" part />}
            {SECTIONS.filter(({ key }) => opened.has(key)).map(({ key, title, screen: Screen }) => (
              <div key={key} hidden={key !== current}>
                <Suspense fallback={<Skeleton label={`Opening ${title}`} part />}>
                  <Screen shown={key === current} go={choose} />
                </Suspense>
              </div>
            ))}
          </div>
        </div>
      </main>
    </ViewingProvider>
  );
}
