import { PANEL, REGISTER, RULES } from '../handlers/surfaces';
import { resolver } from './resolver';

export const ruleResolver = resolver(RULES);
export const panelResolver = resolver(PANEL);
export const registerResolver = resolver(REGISTER);
