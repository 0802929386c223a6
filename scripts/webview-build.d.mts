import type { BuildOptions } from 'esbuild';

export function webviewBuilds(where: { root: string; outdir: string; production: boolean }): BuildOptions[];
