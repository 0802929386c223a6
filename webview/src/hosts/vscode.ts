import {
  type Beside,
  type FigurePlace,
  type HostCall,
  type HostCalls,
  type OpenFigure,
  type ToHost,
  isToWebview,
} from '../../../src/protocol/dashboard';
import { unwrap } from '../../../src/protocol/parcel';
import type {
  AnswerOf,
  ParametersOf,
  PictureKind,
  PictureQuery,
  PlaceOf,
} from '../../../src/protocol/pictures';
import type { Host, Surroundings } from '../host';
import { loadScript } from '../script';
import { hear } from './hear';
import { valuesInParts } from './values-in-parts';

/** What `acquireVsCodeApi()` returns. */
export interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(reason: Error): void;
}

/**
 * What the editor keeps of a page: the choices of the user, and for the restore the experiment file, the runs that it is beside, and, where it is of one,
 * the figure.
 */
interface Kept {
  experiment: string;
  beside?: Beside;
  figure?: FigurePlace;
  choices: unknown;
}

/**
 * The host behind `postMessage`.
 *
 * @param plotlyUrl the webview address of the Plotly script
 * @param experiment that of the file
 * @param opened the one figure that the page is of
 */
export function vscodeHost(
  api: VsCodeApi,
  plotlyUrl: string,
  experiment: string,
  opened?: OpenFigure,
): Host & Surroundings {
  const of = opened === undefined ? {} : { figure: { panel: opened.panel, figure: opened.figure } };
  const waiting = new Map<number, Waiting>();
  const listeners: Parameters<Surroundings['hear']>[0][] = [];
  let last = 0;
  let beside: Pick<Kept, 'beside'> = {};

  hear(isToWebview, (message) => {
    if (message.type === 'changed') {
      for (const listener of listeners) listener.changed();
    } else if (message.type === 'live') {
      for (const listener of listeners) listener.live(message.live);
    } else {
      const caller = waiting.get(message.id);
      waiting.delete(message.id);
      const { result } = message;
      if ('ok' in result)
        try {
          caller?.resolve(unwrap(result.ok));
        } catch (error) {
          caller?.reject(error as Error);
        }
      else caller?.reject(new Error(result.err));
    }
  });

  function call<C extends HostCall>(name: C, parameter: HostCalls[C]['parameter']) {
    const id = ++last;
    return new Promise<HostCalls[C]['answer']>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      api.postMessage({ type: 'call', id, call: name, parameter } as ToHost);
    });
  }

  return {
    ...of,
    ready: async () => {
      const welcome = await call('ready', undefined);
      beside = welcome.beside === undefined ? {} : { beside: welcome.beside };
      return welcome;
    },
    values: valuesInParts((known) => call('values', known)),
    picture: <K extends PictureKind>(kind: K, place: PlaceOf<K>, parameters: ParametersOf<K>) =>
      call('picture', { kind, place, parameters } as PictureQuery) as Promise<AnswerOf<K>>,
    export: (file) => call('export', file),
    command: (command) => call('command', command),
    hear: (news) => listeners.push(news),
    loadPlotly: () => loadScript({ url: plotlyUrl }),
    restore: () =>
      (api.getState() as Partial<Kept> | undefined)?.choices ??
      (JSON.parse(opened?.choices ?? 'null') as unknown),
    persist: (choices) => api.setState({ experiment, ...of, ...beside, choices } satisfies Kept),
  };
}
