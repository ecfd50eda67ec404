/**
 * The functions of manifest.yml that run in the background. A file of their own, because each handler file is a bundle:
 * what renders packs is not loaded by a validator that somebody waits for.
 */
export { changeJob, reconcile } from './forge/background';
