/** The resolver of the change register, with its meetings and what is unexplained: a bundle of its own. */
export { registerResolver } from './forge/register';
