import type { Rpc } from './rpc';

/** A frame on the page, as the bridge's commands see it. */
export type Run = (...given: unknown[]) => unknown;

export interface HostedFrame {
  readonly element: HTMLIFrameElement;
  readonly rpc: Rpc;
  readonly token: string;
  /** What the page knows about where the frame is shown; asked for once, while the frame loads. */
  readonly context: Promise<Record<string, unknown>>;
  readonly moduleKey: string;
  /** Where a page's own history starts; undefined where there is none. */
  readonly basePath: string | undefined;
  readonly listeners: Map<string, Set<Run>>;
  /** Takes the frame off the page; undefined for a frame that is part of it. */
  readonly closed: ((payload: unknown) => void) | undefined;
  onClose: Run | undefined;
  /** Answers the configuration of a workflow rule, a string. */
  onConfigure: Run | undefined;
}

export const fieldsOf = (payload: unknown): Record<string, unknown> =>
  typeof payload === 'object' && payload !== null ? { ...payload } : {};
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const isRun = (value: unknown): value is Run => typeof value === 'function';
