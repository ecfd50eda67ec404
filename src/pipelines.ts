/** The functions of manifest.yml that pipelines call: a handler file, and so a bundle, of their own. */
export { takeInEvidence, answerGate } from './forge/pipelines';
