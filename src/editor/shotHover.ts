import {
  type Disposable,
  Hover,
  type HoverProvider,
  l10n,
  languages,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
} from 'vscode';
import type { Json, Parameter } from '../catalogue/model';
import type { TextRange } from '../storyboard/lines';
import { placeInText } from '../storyboard/promptSource';
import type { BoardShot } from '../storyboard/readBoard';
import { imageReferenceField } from '../storyboard/referenceImages';
import { shotAt } from '../storyboard/shotAt';
import type { Boards } from './boards';
import type { Desk } from './desk';
import { estimateWords } from './jobWords';
import { inMarkdown } from './plainText';
import { storyboardFiles } from './storyboardFiles';

export interface ShotHoverParts {
  readonly boards: Boards;
  readonly desk: () => Pick<Desk, 'kind'>;
}

/** Over the heading of a shot: what it would send, in short. Over a parameter: what its model takes. Over a block: its words. */
export class ShotHover implements HoverProvider, Disposable {
  private readonly registered: Disposable;

  constructor(private readonly parts: ShotHoverParts) {
    this.registered = languages.registerHoverProvider([...storyboardFiles], this);
  }

  async provideHover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const board = await this.parts.boards.of(document);
    const at = document.offsetAt(position);
    const shot = board?.shots[shotAt(board.storyboard, at) ?? -1];
    if (!board || !shot) return undefined;
    const heading = board.storyboard.headings[shot.resolved.shot.heading];
    const found =
      heading && holds(heading.range, at)
        ? { range: heading.range, lines: this.summary(shot) }
        : (ofEntry(shot, at) ?? ofMention(shot, at));
    if (!found) return undefined;
    return new Hover(plain(found.lines), new Range(document.positionAt(found.range.start), document.positionAt(found.range.end)));
  }

  dispose(): void {
    this.registered.dispose();
  }

  private summary({ resolved, price, findings }: BoardShot): readonly string[] {
    const { model, modelId, prompt, values, leftOut } = resolved;
    const value = (name: string): Json | undefined => values.find((one) => one.name === name)?.value;
    const seconds = value('duration');
    const facts = [
      model.kind === 'model' ? model.model.name : (modelId ?? l10n.t('no model')),
      seconds === undefined ? '' : l10n.t('{0} s', String(seconds)),
      String(value('aspect_ratio') ?? ''),
      String(value('resolution') ?? ''),
      prompt ? (this.parts.desk().kind === 'krea' ? estimateWords(price) : l10n.t('free')) : '',
    ].filter((fact) => fact !== '');
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    return [
      `**${inMarkdown(facts.join(' · '), 120)}**`,
      prompt ? inMarkdown(prompt.text, 400) : inMarkdown(l10n.t('This shot has no prompt yet. Nothing would be sent.'), 100),
      leftOut.length > 0 ? inMarkdown(l10n.t('Left out: {0}', leftOut.map(({ name }) => name).join(', ')), 120) : '',
      errors > 0 ? inMarkdown(l10n.t('As it stands it cannot be generated: see Problems.'), 120) : '',
    ];
  }
}

interface Told {
  readonly range: TextRange;
  readonly lines: readonly string[];
}

function ofEntry({ resolved: { shot, model } }: BoardShot, at: number): Told | undefined {
  const entry = shot.entries.find(({ keyRange, valueRange }) => keyRange.start <= at && at <= Math.max(keyRange.end, valueRange.end));
  if (!entry || model.kind !== 'model') return undefined;
  const name = fieldNamed(entry.name) ?? (entry.name === 'refs' ? imageReferenceField(model.model)?.name : undefined) ?? entry.name;
  const parameter = model.model.parameters.find((one) => one.name === name);
  if (!parameter) return undefined;
  const range = { start: entry.keyRange.start, end: Math.max(entry.keyRange.end, entry.valueRange.end) };
  return { range, lines: [`**${inMarkdown(name, 60)}** · ${inMarkdown(model.model.name, 60)}`, inMarkdown(takesWords(parameter), 200)] };
}

const fieldNamed = (word: string): string | undefined => (word === 'start' || word === 'end' ? `${word}_image` : undefined);

/** What a model takes for a field, and what holds without it. */
function takesWords({ values, min, max, kind, default: fallback, maxItems }: Parameter): string {
  const allowed = values
    ? l10n.t('One of: {0}', values.join(', '))
    : min !== undefined && max !== undefined
      ? l10n.t('From {0} to {1}', min, max)
      : kind === 'boolean'
        ? l10n.t('One of: {0}', 'true, false')
        : maxItems === undefined
          ? ''
          : l10n.t('Up to {0} entries', maxItems);
  const without = fallback === undefined || fallback === null ? '' : l10n.t('without it: {0}', JSON.stringify(fallback));
  return [allowed, without].filter((part) => part !== '').join(' · ');
}

function ofMention({ resolved: { shot, prompt } }: BoardShot, at: number): Told | undefined {
  if (!prompt || !shot.prompt) return undefined;
  for (const mention of prompt.mentions) {
    if (mention.kind === 'scene') continue;
    const range = placeInText(shot.prompt, mention);
    if (holds(range, at)) return { range, lines: [inMarkdown(mention.block.text, 600)] };
  }
  return undefined;
}

const holds = ({ start, end }: TextRange, at: number): boolean => start <= at && at <= end;

/** Nothing in it runs: what people and services wrote is escaped, and no command is trusted. */
function plain(lines: readonly string[]): MarkdownString {
  return new MarkdownString(lines.filter((line) => line !== '').join('\n\n'));
}
