import { Hono } from 'hono';
import type { Context } from 'hono';
import * as z from 'zod/mini';
import { changeRule } from '../workflows/change-rule';
import { JiraAs } from '../jira-calls';
import { statusOf } from '../pages';
import type { PageParts, Viewer } from '../parts';
import { PageRefusal } from '../parts';
import { frameSource } from './element';
import { productRequest, productResponse } from './product-fetch';
import type { FrameBinding, FrameStore } from './store';

const invokeCall = z.object({ functionKey: z.string(), payload: z.optional(z.unknown()) });
const modalCall = z.object({
  resource: z.optional(z.nullable(z.string())),
  context: z.optional(z.record(z.string(), z.unknown())),
});
const configCall = z.object({ config: z.string().check(z.maxLength(32 * 1024)) });

export interface BridgeParts {
  readonly parts: PageParts;
  readonly store: FrameStore;
  /** The person of the session; throws when nobody is signed in. */
  viewer(c: Context): Promise<Viewer>;
}

const placeOf = (frame: FrameBinding): { readonly issueKey?: string; readonly projectKey?: string } => ({
  ...(frame.issueKey === null ? {} : { issueKey: frame.issueKey }),
  ...(frame.projectKey === null ? {} : { projectKey: frame.projectKey }),
});

/**
 * The server's half of the bridge. The page calls it for a frame, with the session: who acts and on what comes from the
 * session and from what was bound when the page was made, whatever the frame says.
 */
export function bridgeRoutes(bridge: BridgeParts): Hono {
  const { parts, store } = bridge;
  const app = new Hono();
  const frameOf = async (c: Context): Promise<{ frame: FrameBinding; viewer: Viewer }> => {
    const frame = store.find(c.req.param('token') ?? '');
    if (frame === undefined) throw new PageRefusal(410, 'This frame is not known any more. Reload the page.');
    const viewer = await bridge.viewer(c);
    if (viewer.accountId !== frame.accountId)
      throw new PageRefusal(403, 'Somebody else has signed in since this page was opened. Reload it.');
    return { frame, viewer };
  };

  app.get('/bridge/:token/context', async (c) => {
    const { frame, viewer } = await frameOf(c);
    const context = parts.forge.frameContext(frame.moduleKey, frame.accountId, placeOf(frame));
    const extension = z.catch(z.record(z.string(), z.unknown()), {}).parse(context['extension']);
    return c.json({ ...context, timezone: viewer.timeZone, extension: { ...extension, ...frame.extension } });
  });
  app.post('/bridge/:token/invoke', async (c) => {
    const { frame } = await frameOf(c);
    const { functionKey, payload } = invokeCall.parse(await c.req.json());
    const { moduleKey, accountId } = frame;
    const value = await parts.forge.invokeRaw({ moduleKey, functionKey, payload, accountId, context: placeOf(frame) });
    return c.json({ value: value ?? null });
  });
  app.post('/bridge/:token/fetch-product', async (c) => {
    const { frame } = await frameOf(c);
    const request = await productRequest(await c.req.json());
    return c.json(productResponse(await parts.forge.fetchProduct(frame.accountId, request)));
  });
  app.post('/bridge/:token/modal', async (c) => {
    const { frame } = await frameOf(c);
    const { context } = modalCall.parse(await c.req.json());
    const token = store.bind({
      ...frame,
      extension: { ...frame.extension, modal: context ?? {} },
      basePath: null,
      rule: null,
    });
    return c.json({ token, src: frameSource(token, c.req.url) });
  });
  app.post('/bridge/:token/rule-configuration', async (c) => {
    const { frame, viewer } = await frameOf(c);
    if (frame.rule === null) throw new PageRefusal(409, 'This frame configures no workflow rule.');
    const { config } = configCall.parse(await c.req.json());
    await changeRule(new JiraAs(parts.jira, viewer.accountId), frame.rule, config);
    return c.json({ saved: true });
  });
  app.onError((error, c) => bridgeError(error, c));
  return app;
}

/** What the frame's promise rejects with; the app's own refusals are answers, not errors, and do not come by here. */
function bridgeError(error: Error, c: Context): Response {
  return c.json({ error: { name: error.name, message: error.message } }, statusOf(error));
}
