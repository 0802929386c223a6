import type { Answer } from './answer';

export const stimuli: Answer<'stimuli'> = async (_, __, { stimuli: known, open }) =>
  known ?? open().ask((session) => session.stimuli());
