import type { Edit, Program } from '../program';

/** A program with other states of a layer: behind what is done to that layer already, before what is done to later ones. */
export function withEdit(program: Program, layer: number, apply: Edit['apply']): Program {
  const { edits } = program;
  return {
    ...program,
    edits: [
      ...edits.filter((edit) => edit.layer <= layer),
      { layer, apply },
      ...edits.filter((edit) => edit.layer > layer),
    ],
  };
}
