import { html } from 'hono/html';
import type { Html } from '../html';
import { FRAME_SANDBOX } from './policy';
import type { FrameBinding, FrameStore } from './store';

/** The host name of the pages and the one of the frames: cookies ignore ports, so another port would not keep them apart. */
export const PAGE_HOST = '127.0.0.1';
export const FRAME_HOST = 'localhost';

/** The origin that frames live on, for a page at this URL. */
export function frameOrigin(pageUrl: string): string {
  const url = new URL(pageUrl);
  url.hostname = FRAME_HOST;
  return url.origin;
}

export const frameSource = (token: string, pageUrl: string): string => `${frameOrigin(pageUrl)}/frame/${token}/`;

/** An iframe on a page, bound to person, surface and issue. The page's script connects the bridge to it; `lazy` waits until it is scrolled to. */
export function frameElement(
  store: FrameStore,
  frame: FrameBinding,
  title: string,
  pageUrl: string,
  loading: 'eager' | 'lazy' = 'eager',
): Html {
  const token = store.bind(frame);
  return html`<iframe
    class="app-frame"
    title="${title}"
    data-frame="${token}"
    data-module="${frame.moduleKey}"
    data-base="${frame.basePath ?? ''}"
    loading="${loading}"
    src="${frameSource(token, pageUrl)}"
    sandbox="${FRAME_SANDBOX}"
  ></iframe>`;
}
