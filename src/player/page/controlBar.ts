import type { PageClip, PlayerTexts } from '../messages';
import { button, element, icon } from './element';
import { icons, lines } from './icons';
import type { Menu } from './menu';
import { Scrubber } from './scrubber';
import type { Stage } from './stage';

/** What the bar's buttons do beyond playing. */
export interface BarActs {
  readonly generateAgain: () => void;
  readonly useFrame: () => void;
  readonly step: (frames: number) => void;
}

interface Look {
  readonly icon: SVGElement;
  readonly label: string;
  /** As `aria-keyshortcuts` names it; also shown in the tooltip. */
  readonly key: string;
}

/** The row below the picture: what is needed all the time, each with a key. */
export class ControlBar {
  readonly root: HTMLElement;
  readonly scrubber: Scrubber;
  readonly #stage: Stage;
  readonly #texts: PlayerTexts;
  readonly #play: HTMLButtonElement;
  readonly #loop: HTMLButtonElement;
  readonly #mute: HTMLButtonElement;
  readonly #volume = element('input', { class: 'range volume', attributes: { type: 'range', min: '0', max: '1', step: '0.05' } });
  readonly #speed: HTMLButtonElement;
  readonly #again: HTMLButtonElement;

  constructor(stage: Stage, menu: Menu, texts: PlayerTexts, acts: BarActs) {
    this.#stage = stage;
    this.#texts = texts;
    const { video, transport } = stage;
    this.scrubber = new Scrubber(video, transport, texts);
    this.#play = control({ icon: icon(icons.play, 'icon'), label: texts.play, key: 'K' }, () => transport.toggle());
    this.#loop = control({ icon: icon(lines.loop, 'icon line'), label: texts.loop, key: 'L' }, () => transport.toggleLoop());
    this.#mute = control({ icon: icon(lines.sound, 'icon line'), label: texts.mute, key: 'M' }, () => stage.toggleMuted());
    this.#speed = button('chip', '', () => {
      transport.speed = 1;
      this.#play.focus();
    });
    this.#again = control({ icon: icon(lines.again, 'icon line'), label: '', key: 'G' }, acts.generateAgain);
    this.#again.classList.add('worded', 'again');
    const still = control({ icon: icon(lines.still, 'icon line'), label: texts.useFrame, key: 'U' }, acts.useFrame);
    still.classList.add('worded', 'still');
    still.append(element('span', { class: 'word', text: texts.useFrame }));
    still.title = `${texts.useFrameHint} (U)`;
    this.#volume.setAttribute('aria-label', texts.volume);
    this.#volume.addEventListener('input', () => {
      transport.volume = this.#volume.valueAsNumber;
    });
    const back = control({ icon: icon(icons.stepBack, 'icon'), label: texts.stepBack, key: ',' }, () => acts.step(-1));
    const forward = control({ icon: icon(icons.stepForward, 'icon'), label: texts.stepForward, key: '.' }, () => acts.step(1));
    const transportGroup = element('div', { class: 'group transport' }, [this.#play, back, forward, this.#loop, this.#mute, this.#volume]);
    const row = element('div', { class: 'bar' }, [
      transportGroup,
      this.#speed,
      element('div', { class: 'group acts' }, [this.#again, still, menu.opener]),
    ]);
    this.root = element('div', { class: 'controls', attributes: { role: 'group', 'aria-label': texts.controls } }, [
      this.scrubber.root,
      row,
    ]);
    for (const event of ['play', 'pause', 'volumechange', 'ratechange', 'loopchange', 'ended'] as const)
      video.addEventListener(event, () => this.draw());
    stage.root.addEventListener('viewchange', () => this.draw());
    this.draw();
  }

  show(clip: PageClip): void {
    const { again } = clip;
    this.#again.hidden = again === undefined;
    name(this.#again, again ?? '', 'G');
    this.#again.replaceChildren(icon(lines.again, 'icon line'), element('span', { class: 'word', text: again ?? '' }));
    this.draw();
  }

  /** Its own key only leads here: what costs money starts with a button that was seen. */
  focusAgain(): string | undefined {
    if (this.#again.hidden || this.root.hidden) return undefined;
    this.#again.focus();
    return this.#again.title;
  }

  focusPlay(): void {
    this.#play.focus();
  }

  draw(): void {
    const { video, audible, view, transport } = this.#stage;
    this.root.hidden = view === 'empty';
    this.root.dataset.view = view;
    const plays = !video.paused && !video.ended;
    this.#play.replaceChildren(icon(plays ? icons.pause : icons.play, 'icon'));
    name(this.#play, plays ? this.#texts.pause : this.#texts.play, 'K');
    this.#loop.setAttribute('aria-pressed', String(video.loop));
    const silent = video.muted || video.volume === 0 || !audible;
    this.#mute.replaceChildren(icon(silent ? lines.muted : lines.sound, 'icon line'));
    this.#mute.setAttribute('aria-pressed', String(silent));
    this.#mute.disabled = !audible;
    name(this.#mute, audible ? this.#texts.mute : this.#stage.whySilent, 'M');
    this.#volume.hidden = !audible;
    this.#volume.valueAsNumber = video.muted ? 0 : video.volume;
    this.#volume.style.setProperty('--done', this.#volume.value);
    const { speed } = transport;
    this.#speed.hidden = speed === 1 || view !== 'ready';
    this.#speed.textContent = `${speed}×`;
    name(this.#speed, `${this.#texts.speed} ${speed}×. ${this.#texts.backToNormalSpeed}`, '');
  }
}

function control(look: Look, onClick: () => void): HTMLButtonElement {
  const made = button('control', '', onClick);
  made.append(look.icon);
  name(made, look.label, look.key);
  if (look.key !== '') made.setAttribute('aria-keyshortcuts', look.key);
  return made;
}

function name(made: HTMLElement, label: string, key: string): void {
  made.setAttribute('aria-label', label);
  made.title = key === '' ? label : `${label} (${key})`;
}
