import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { Skeleton } from '../parts/skeleton';
import type { SectionsProps } from './panel';

const Files = lazy(() => import('../files/files'));

/** The files of the change, which are fetched only when somebody comes to them: nobody waits for them who decides. */
export function FilesPart({ change, announce }: SectionsProps): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const [reached, setReached] = useState(() => typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    if (place.current === null || reached) return undefined;
    const observer = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) setReached(true);
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [reached]);
  return (
    <div ref={place} className="files-part">
      {reached && (
        <Suspense fallback={<Skeleton label="Opening the files" part />}>
          <Files announce={announce} onChanged={() => void change.refresh()} />
        </Suspense>
      )}
    </div>
  );
}
