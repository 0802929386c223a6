import type { Results } from '../../src/protocol/results';
import type { Welcome } from '../../src/protocol/dashboard';
import type { Asking } from './asking';
import type { Chosen } from './choices';
import type { layout } from './layout';
import { SupersededError } from './one-at-a-time';
import type { Page } from './page';
import type { PanelFrame } from './panel-frame';
import { reason } from './reason';
import { viewOf } from './selectors';

/** After so long a wait it is said that a picture is being computed (milliseconds): what the store lost is trained anew. */
const patience = 700;

/** What is drawn. */
interface State<C extends object> {
  results: Results | null;
  welcome: Welcome;
  chosen: Chosen;
  front: PanelFrame<C>;
}

/** The one effect of the state: it draws the panel in front, once what it wants has come; the latest wish wins. */
export function drawer<C extends object>(
  asking: Asking,
  page: Page,
  parts: ReturnType<typeof layout<C>>,
  state: () => State<C>,
): () => Promise<void> {
  let wished = 0;
  /** The status line says that a panel could not be shown, or is waited for. */
  let troubled = false;
  const trouble = (text: string): void => {
    troubled = true;
    page.say(text);
  };

  return async function draw(): Promise<void> {
    const wish = ++wished;
    const { results, welcome, chosen, front } = state();
    parts.showAny(results !== null);
    if (results === null) return;
    const { panel } = front;
    const { capabilities, offers, comparison } = welcome;
    const view = viewOf({ results, capabilities, offers, comparison }, chosen, panel.ofReplicate === true);
    parts.front(view, panel, chosen);
    const slow = setTimeout(() => {
      if (wish === wished) trouble(`${panel.title}: computing what it shows…`);
    }, patience);
    try {
      const gathered = await asking.gather(panel, view, chosen);
      if (wish !== wished) return;
      parts.select(gathered.answers, view);
      front.draw(view, gathered);
      asking.later(panel.wants?.(gathered.answers, view, gathered.c) ?? [], () => void draw());
      if (troubled) page.say('');
      troubled = false;
      parts.scrub.drawn();
      document.body.dataset['shown'] = `${panel.id} ${wish}`;
    } catch (error) {
      if (error instanceof SupersededError || wish !== wished) return;
      parts.scrub.stop();
      trouble(`${panel.title} could not be shown: ${reason(error)}`);
    } finally {
      clearTimeout(slow);
    }
  };
}
