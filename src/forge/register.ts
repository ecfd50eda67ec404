import { REGISTER } from '../handlers/register-surface';
import { resolver } from './resolver';

export const registerResolver = resolver(REGISTER);
