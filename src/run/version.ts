declare const __VERSION__: string | undefined;

/** RepScope's version, put in by the build; tests run without a build. */
export const version: string = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-dev';
