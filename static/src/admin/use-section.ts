import { useCallback, useEffect, useRef, useState } from 'react';
import { view } from '@forge/bridge';

/** Jira's `history` for an app's own page: the address below the page's own, which a link can name. */
interface PageHistory {
  readonly location: { readonly pathname: string };
  readonly push: (path: string) => void;
  readonly listen: (heard: (location: { readonly pathname: string }) => void) => unknown;
}

/**
 * Which section is in front, kept in the page's address so that a reload, a link and the browser's Back come to it.
 * Where Jira gives this frame no address of its own it is kept on the screen alone. Null until it is known; `home` says
 * where the page opens when the address names no section.
 */
export function useSection(
  keys: readonly string[],
  home: () => Promise<string>,
): readonly [string | null, (key: string) => void] {
  const [section, setSection] = useState<string | null>(null);
  const history = useRef<PageHistory | null>(null);
  const known = useRef(keys);
  const start = useRef(home);
  /** Where the page opens takes a moment to find out; a section that was chosen meanwhile stays. */
  const turns = useRef(0);
  useEffect(() => {
    let gone = false;
    const show = async (path: string) => {
      const turn = (turns.current += 1);
      const found = sectionOf(path, known.current) ?? (await start.current());
      if (!gone && turn === turns.current) setSection(found);
    };
    const open = async () => {
      try {
        const opened: unknown = await view.createHistory();
        if (!isHistory(opened)) {
          await show('/');
          return;
        }
        history.current = opened;
        opened.listen(({ pathname }) => void show(pathname));
        await show(opened.location.pathname);
      } catch {
        await show('/');
      }
    };
    void open();
    return () => {
      gone = true;
    };
  }, []);
  const go = useCallback((key: string) => {
    turns.current += 1;
    setSection(key);
    history.current?.push(`/${key}`);
  }, []);
  return [section, go];
}

const sectionOf = (path: string, keys: readonly string[]): string | undefined =>
  keys.find((key) => key === path.replace(/^\/+/, '').split('/')[0]);

function isHistory(value: unknown): value is PageHistory {
  return typeof value === 'object' && value !== null && 'location' in value && 'push' in value && 'listen' in value;
}
