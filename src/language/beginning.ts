/** An experiment to begin with: it has no problem, and trains in a second or two. */
export const beginning = `{
  "title": "My experiment",
  "stimuli": {
    "features": {
      "easy": { "values": ["no", "yes"] },
      "bits": { "bits": 2 },
      "noise": { "bits": 12 }
    },
    "train": 1024,
    "fit": 256,
    "test": 256
  },
  "tasks": { "simple": "easy == yes", "hard": "xor(bits[0], bits[1])" },
  "network": { "hidden": [32, 16] },
  "training": { "learningRate": 0.01, "batchSize": 64, "epochs": 30 },
  "networks": { "both": {}, "untrained": { "training": { "epochs": 0 } } },
  "seeds": 5
}
`;
