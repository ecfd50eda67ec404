import { METHODS } from '../contract/panel';
import { settleAction } from './acts/action';
import { declareBreakGlass } from './acts/break-glass';
import { settleCondition } from './acts/condition';
import { delegate, revokeDelegation } from './acts/delegation';
import { exceptFreeze } from './acts/freeze';
import { recordImplementation } from './acts/implementation';
import { acceptOverlap } from './acts/overlap';
import { overrideOverdue } from './acts/override';
import { recordReview } from './acts/review';
import { applyTemplate } from './acts/template';
import { askForDecision } from './ask-for-decision';
import { resolveAuthor } from './authors/resolve';
import { beginFile, finishFile, sendPiece } from './files/hand-in';
import { listFiles } from './files/list';
import { readFileRows } from './files/rows';
import { clearMarking } from './markings';
import { downloadPack, readPackState } from './packs/read';
import { startPack } from './packs/start';
import { readChange } from './read-change';
import { recordDecision } from './record-decision';
import type { ResolverMethod } from './resolver-call';

/** Which methods the issue panel may call. Every one of them asks for itself whether the caller may. */
export const PANEL: Readonly<Record<string, ResolverMethod>> = {
  [METHODS.readChange]: readChange,
  [METHODS.recordDecision]: recordDecision,
  [METHODS.startPack]: startPack,
  [METHODS.readPack]: readPackState,
  [METHODS.downloadPack]: downloadPack,
  [METHODS.clearMarking]: clearMarking,
  [METHODS.settleCondition]: settleCondition,
  [METHODS.acceptOverlap]: acceptOverlap,
  [METHODS.delegate]: delegate,
  [METHODS.revokeDelegation]: revokeDelegation,
  [METHODS.recordReview]: recordReview,
  [METHODS.overrideOverdue]: overrideOverdue,
  [METHODS.exceptFreeze]: exceptFreeze,
  [METHODS.applyTemplate]: applyTemplate,
  [METHODS.settleAction]: settleAction,
  [METHODS.askForDecision]: askForDecision,
  [METHODS.recordImplementation]: recordImplementation,
  [METHODS.declareBreakGlass]: declareBreakGlass,
  [METHODS.resolveAuthor]: resolveAuthor,
  [METHODS.listFiles]: listFiles,
  [METHODS.readFile]: readFileRows,
  [METHODS.beginFile]: beginFile,
  [METHODS.sendPiece]: sendPiece,
  [METHODS.finishFile]: finishFile,
};
