import type { KnownKeys } from '../parameterList';
import { readStoryboard } from '../readStoryboard';
import type { DraftShot } from './shotDraft';
import { foldedLines } from './shotDraft';
import { isShotId } from './shotIds';

/** One shot as text, in the plainest form that reads back to what it says. */
export function writeShot(draft: DraftShot, id: string, level: number, known: KnownKeys): string {
  const forms = [
    { isFenced: false, idInList: !isShotId(id) },
    { isFenced: true, idInList: !isShotId(id) },
    { isFenced: false, idInList: true },
    { isFenced: true, idInList: true },
  ];
  const texts = forms.map((form) => () => shotText(draft, id, level, form));
  const found = texts.find((text) => readsBack(text(), draft, id, known)) ?? texts[1];
  return found?.() ?? '';
}

interface Form {
  readonly isFenced: boolean;
  readonly idInList: boolean;
}

function shotText({ title, entries, stills, prompt, notes }: DraftShot, id: string, level: number, { isFenced, idInList }: Form): string {
  const name = oneLine(title);
  const joint = name === '' ? '' : /^[a-z]+ /i.test(id) ? ': ' : ' ';
  const heading = `${'#'.repeat(level)} ${idInList ? name || id : `${id}${joint}${name}`}`;
  const list = [...(idInList ? [{ name: 'id', value: id }] : []), ...entries];
  return [
    heading,
    list.map(({ name, value }) => `- ${name}: ${value}`).join('\n'),
    stills.join('\n'),
    isFenced ? fenced(prompt) : prompt,
    notes.map(noteText).join('\n\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\s#]+$/, '')
    .trim();

function fenced(prompt: string): string {
  if (prompt === '') return '';
  const longest = Math.max(2, ...[...prompt.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}prompt\n${prompt}\n${marks}`;
}

/** Whatever it holds: in a quote nothing is sent, and nothing reaches beyond it. */
export const noteText = (note: string): string =>
  foldedLines(note)
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');

function readsBack(text: string, { prompt, entries }: DraftShot, id: string, known: KnownKeys): boolean {
  const { shots } = readStoryboard(text, known);
  const [shot] = shots;
  if (!shot || shots.length > 1 || shot.id !== id || (shot.prompt?.text ?? '') !== prompt) return false;
  return (
    shot.entries
      .filter(({ name }) => name !== 'id')
      .map(({ name }) => name)
      .join() === entries.map(({ name }) => name).join()
  );
}
