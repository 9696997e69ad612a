import {
  CompletionItem,
  CompletionItemKind,
  type CompletionItemLabel,
  CompletionItemTag,
  l10n,
  MarkdownString,
  SnippetString,
} from 'vscode';
import { limitsOf } from '../catalogue/limits';
import type { Candidate } from '../storyboard/completion';
import type { PhraseGroup } from '../storyboard/promptPhrases';
import type { Take } from '../takes/take';
import { costChange, costSentence } from './costWords';
import { sunsetWords } from './doubtWords';
import { aboutUsd, estimateWords } from './jobWords';
import { fieldWords, keyWords } from './keyWords';
import { limitWords } from './modelWords';
import { inMarkdown, oneLine } from './plainText';

interface Wording {
  readonly kind: CompletionItemKind;
  readonly label: string | CompletionItemLabel;
  readonly detail?: string;
  /** Plain text. */
  readonly documentation?: string;
  readonly filter?: string;
  readonly preselect?: boolean;
  /** Something is to be chosen next. */
  readonly goesOn?: boolean;
  readonly isOld?: boolean;
}

/** A row of the list. `rank`: its place; `takeOf`: the take of a number, as far as it is known. */
export function candidateItem(candidate: Candidate, rank: number, takeOf: (number: number) => Take | undefined): CompletionItem {
  const { kind, label, detail, documentation, filter, preselect, goesOn, isOld } = wordingOf(candidate, takeOf);
  const item = new CompletionItem(label, kind);
  item.insertText = candidate.isSnippet ? new SnippetString(candidate.insert) : candidate.insert;
  item.filterText = filter ?? candidate.insert;
  item.sortText = String(rank).padStart(4, '0');
  if (detail) item.detail = detail;
  if (documentation) item.documentation = new MarkdownString(inMarkdown(documentation, 2000));
  if (preselect) item.preselect = true;
  if (goesOn) item.command = { command: 'editor.action.triggerSuggest', title: '' };
  if (isOld) item.tags = [CompletionItemTag.Deprecated];
  return item;
}

function wordingOf(candidate: Candidate, takeOf: (number: number) => Take | undefined): Wording {
  switch (candidate.kind) {
    case 'key': {
      const { name, parameter, asksForValue } = candidate;
      const detail = parameter && fieldWords(parameter);
      return {
        kind: CompletionItemKind.Property,
        label: name,
        documentation: keyWords(name),
        goesOn: asksForValue,
        ...(detail && { detail }),
      };
    }
    case 'value':
      return valueWording(candidate);
    case 'model': {
      const { model, cost, isHeld } = candidate;
      const ends = model.sunset && sunsetWords(model.sunset);
      return {
        kind: CompletionItemKind.Module,
        label: { label: model.id, description: isHeld ? estimateWords(cost.after) : costChange(cost) },
        detail: oneLine(model.name),
        documentation: [ends ?? '', `${limitWords(limitsOf(model))}.`, costSentence(cost)].filter((words) => words !== '').join(' '),
        filter: `${candidate.insert} ${model.name}`,
        preselect: isHeld,
        isOld: ends !== undefined,
      };
    }
    case 'take':
      return takeWording(candidate.number, takeOf(candidate.number));
    case 'block': {
      const { name, block } = candidate;
      return { kind: CompletionItemKind.Reference, label: name, detail: blockKind(block.kind), documentation: block.text };
    }
    case 'scene':
      return {
        kind: CompletionItemKind.Reference,
        label: 'scene',
        detail: l10n.t('Text under the heading of the scene'),
        documentation: candidate.text,
      };
    case 'shot':
      return { kind: CompletionItemKind.Event, label: { label: candidate.shot.id, description: oneLine(candidate.shot.title) } };
    case 'frame':
      return frameWording(candidate);
    case 'newShot':
      return {
        kind: CompletionItemKind.Snippet,
        label: { label: candidate.id, description: l10n.t('New shot') },
        filter: `${candidate.id} ${l10n.t('New shot')}`,
      };
    case 'newCast':
      return {
        kind: CompletionItemKind.Snippet,
        label: { label: '@name', description: l10n.t('New member of the cast') },
        filter: `@ ${l10n.t('New member of the cast')}`,
      };
    case 'phrase':
      return { kind: CompletionItemKind.Text, label: candidate.text, detail: groupWords(candidate.group) };
    default:
      return candidate satisfies never;
  }
}

function valueWording({ value, label, isDefault, cost }: Extract<Candidate, { kind: 'value' }>): Wording {
  const price = cost && costChange(cost);
  const words = value === 'default' ? l10n.t('the default of the model') : value === 'none' ? l10n.t('removes what is inherited') : label;
  const preset = isDefault ? l10n.t('default') : undefined;
  const description = [price, preset].filter((part) => part !== undefined).join(' · ');
  return {
    kind: CompletionItemKind.Value,
    label: description === '' ? value : { label: value, description },
    ...(words !== undefined && { detail: oneLine(words) }),
    ...(cost && { documentation: costSentence(cost) }),
  };
}

function takeWording(number: number, take: Take | undefined): Wording {
  const seconds = take?.sidecar.output.seconds;
  const facts = [
    take?.sidecar.endpoint.split('/').at(-1) ?? '',
    typeof seconds === 'number' ? l10n.t('{0} s', Math.round(seconds)) : '',
    typeof take?.sidecar.price.estimate === 'number' ? aboutUsd(Math.round(take.sidecar.price.estimate * 1e6)) : '',
    take && take.clip === undefined ? l10n.t('not here') : '',
  ];
  const description = oneLine(facts.filter((fact) => fact !== '').join(' · '));
  const prompt = take?.sidecar.request.prompt;
  return {
    kind: CompletionItemKind.Value,
    label: { label: String(number), ...(description !== '' && { description }) },
    ...(typeof prompt === 'string' && { documentation: prompt }),
  };
}

function frameWording({ which, shot, insert }: Extract<Candidate, { kind: 'frame' }>): Wording {
  const words = {
    last: l10n.t('The last frame of another shot'),
    first: l10n.t('The first frame of another shot'),
    at: l10n.t('The frame of another shot at a second'),
  };
  if (shot)
    return { kind: CompletionItemKind.Event, label: { label: insert.trim(), description: oneLine(shot.title) }, detail: words[which] };
  const name = insert.replace(/\(.*/, '').trim();
  return { kind: CompletionItemKind.Function, label: `${name}(…)`, detail: words[which], goesOn: true, filter: name };
}

function blockKind(kind: 'style' | 'block' | 'cast'): string {
  switch (kind) {
    case 'style':
      return l10n.t('Style');
    case 'block':
      return l10n.t('Block');
    case 'cast':
      return l10n.t('Cast');
  }
}

function groupWords(group: PhraseGroup): string {
  switch (group) {
    case 'camera':
      return l10n.t('Camera movement');
    case 'light':
      return l10n.t('Light and mood');
    case 'timing':
      return l10n.t('Timing');
    case 'style':
      return l10n.t('Style reference');
  }
}
