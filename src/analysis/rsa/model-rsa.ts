import type { Value } from '../../protocol/results';
import { type PreparedRdm, type RdmSimilarity, compareRdms } from './compare';

/** Model RDMs of labels, prepared once; null where a label has none over these conditions. Labels that are alike share one. */
export type PreparedModels = readonly { readonly name: string; readonly rdm: PreparedRdm | null }[];

/** Similarity of one layer's RDM with the model RDM of each label. */
export function modelRsa(
  layer: PreparedRdm,
  models: PreparedModels,
): { modelRsa: Record<string, Value>; undefinedValues: Record<string, string> } {
  const values: Record<string, Value> = {};
  const undefinedValues: Record<string, string> = {};
  const compared = new Map<PreparedRdm, RdmSimilarity>();
  const similarity = (model: PreparedRdm): RdmSimilarity => {
    const found = compared.get(model) ?? compareRdms(layer, model);
    compared.set(model, found);
    return found;
  };
  for (const { name, rdm } of models) {
    const { value, reason } = rdm
      ? similarity(rdm)
      : { value: null, reason: `${name} varies within the conditions.` };
    values[name] = value;
    if (value === null) undefinedValues[`modelRsa.${name}`] = reason ?? 'The similarity is not defined.';
  }
  return { modelRsa: values, undefinedValues };
}
