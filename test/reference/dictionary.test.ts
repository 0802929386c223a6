import { it } from 'vitest';
import { newAutoencoder, type Sparsity, Trainer } from '../../src/analysis/dictionary/autoencoder';
import { expectClose, matrix64 } from './support/matrices';
import fixture from './fixtures/dictionary.json';

it.each(fixture.cases)('a dictionary is trained as by PyTorch: $kind', ({ kind, k, l1, ...wanted }) => {
  const sparsity: Sparsity = kind === 'topk' ? { kind, k } : { kind: 'relu', l1 };
  const trainer = new Trainer(newAutoencoder(matrix64(fixture.start)), sparsity);
  for (let step = 0; step < fixture.steps; step++) trainer.step(matrix64(fixture.x), fixture.rate);
  const { encoder, decoder, bias, centre } = trainer.own;
  expectClose(encoder.data, wanted.encoder.data);
  expectClose(decoder.data, wanted.decoder.data);
  expectClose(bias, wanted.bias);
  expectClose(centre, wanted.centre);
});
