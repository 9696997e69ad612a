import { type Entry, plainKey } from './entry';
import { readFrontMatter } from './frontMatter';
import { Lines } from './lines';
import { markdownBlocks } from './markdownBlocks';
import { nearKey } from './nearKey';
import { outlineOf, type Section } from './outline';
import { ofTheTrade } from './parameterKeys';
import { isFullWidthBullet, isFullWidthHeading, type KnownKeys } from './parameterList';
import { isNumbered, shotKey } from './shotId';
import { type BoardFinding, ofTheFile, onlyOnShot, type Shot, type Storyboard } from './storyboard';
import { blockKey, textBlockOf } from './textBlock';

/**
 * Reads any text without throwing. `known`: the keys that make a list one of parameters.
 */
export function readStoryboard(text: string, known: KnownKeys): Storyboard {
  const lines = new Lines(text);
  const front = readFrontMatter(text, lines);
  const frontMatter = front.entries.map((entry) => ({
    ...entry,
    known: known.get(entry.name) === entry.name || ofTheFile.has(entry.name),
  }));
  const markdown = text.slice(lines.startOf(front.end));
  const headings = outlineOf({ text, lines, known }, markdownBlocks(markdown, front.end));
  const shots = headings.flatMap((heading) => shotOf(heading, headings) ?? []);
  const textBlocks = headings.flatMap((heading) => textBlockOf(heading, headings) ?? []);
  const ofHeadings: BoardFinding[] = [];
  for (const heading of headings) gatherFindings(heading, known, ofHeadings);
  const findings = [
    ...front.errors.map(({ start, end, reason }): BoardFinding => ({ code: 'frontMatter', start, end, reason })),
    ...keysTwice(frontMatter),
    ...frontMatter.flatMap((entry) => unusableKey(entry, known)),
    ...ofHeadings,
    ...fullWidthSigns(text, lines, known),
    ...twins(shots, ({ id }) => shotKey(id)).map(({ id, idRange }): BoardFinding => ({ code: 'duplicateId', id, ...idRange })),
    ...twins(
      textBlocks.filter(({ kind }) => kind !== 'style'),
      ({ kind, name }) => `${kind} ${blockKey(name)}`,
    ).map(
      ({ name, heading }): BoardFinding => ({ code: 'duplicateBlock', name, ...(headings[heading]?.textRange ?? { start: 0, end: 0 }) }),
    ),
  ];
  return { shots, headings, frontMatter, textBlocks, findings };
}

function shotOf(section: Section, sections: readonly Section[]): Shot | undefined {
  const { shot, body, textRange } = section;
  if (section.role !== 'shot' || !shot) return undefined;
  const inside = childrenOf(section, sections);
  const ownPrompt = inside.find(({ role }) => role === 'prompt');
  // a heading named Prompt holds the prompt, and what stands before it is for people
  const prompt = ownPrompt ? ownPrompt.body.prompt : body.prompt;
  return {
    id: shot.id,
    idRange: shot.end > 0 ? { start: textRange.start + shot.start, end: textRange.start + shot.end } : idEntryRange(section),
    title: shot.title,
    heading: section.index,
    above: headingsAbove(section, sections),
    entries: ownPrompt ? [...(body.list?.entries ?? []), ...(ownPrompt.body.list?.entries ?? [])] : (body.list?.entries ?? []),
    stills: inside.length > 0 ? [...body.stills, ...inside.flatMap((one) => one.body.stills)] : body.stills,
    prompt,
    range: section.wholeRange,
  };
}

const idEntryRange = ({ body, textRange }: Section) => body.list?.entries.find(({ name }) => name === 'id')?.valueRange ?? textRange;

/** All that stands below a heading in the outline; they follow it directly. */
function childrenOf(section: Section, sections: readonly Section[]): readonly Section[] {
  const children: Section[] = [];
  for (let at = section.index + 1; at < sections.length; at++) {
    const next = sections[at];
    if (!next || next.level <= section.level) break;
    children.push(next);
  }
  return children;
}

function headingsAbove(section: Section, sections: readonly Section[]): readonly number[] {
  const above: number[] = [];
  for (let at = section.parent; at !== undefined; at = sections[at]?.parent) above.unshift(at);
  return above;
}

function gatherFindings(section: Section, known: KnownKeys, findings: BoardFinding[]): void {
  const { role, body, textRange, hasShots, text } = section;
  const entries = body.list?.entries ?? [];
  const isShot = role === 'shot' || role === 'prompt';
  if (entries.length > 0) findings.push(...keysTwice(entries), ...nearKeys(entries, known));
  if (role === 'section') {
    for (const { name, keyRange } of entries)
      if (onlyOnShot.has(name) && name !== 'id') findings.push({ code: 'onlyOnShot', key: name, ...keyRange });
    if (!hasShots && body.prompt && isNumbered(text)) findings.push({ code: 'numberedHeading', ...textRange });
  }
  if (isShot && body.fences.length > 1) for (const range of body.fences.slice(1)) findings.push({ code: 'secondPrompt', ...range });
  for (const oddity of body.oddities) if (isShot || oddity.code === 'commentNotClosed') findings.push(oddity);
}

/** Only what looks like a field is told of: a front matter holds much that is for other tools. */
function unusableKey({ name, known: isKnown, keyRange }: Entry, known: KnownKeys): readonly BoardFinding[] {
  const near = known.get(plainKey(name)) ?? nearKey(name, known);
  if (isKnown ? !ofTheTrade.includes(name) : near === undefined) return [];
  return [{ code: 'unusableKey', key: name, near: isKnown ? undefined : near, ...keyRange }];
}

/** Notes are free words; told of are those that were meant for the model (rule 9). */
function nearKeys(entries: readonly Entry[], known: KnownKeys): readonly BoardFinding[] {
  return entries.flatMap(({ name, known: isKnown, keyRange }): readonly BoardFinding[] => {
    const near = isKnown ? undefined : nearKey(name, known);
    return near === undefined ? [] : [{ code: 'nearKey', key: name, near, ...keyRange }];
  });
}

/** Signs of a Japanese keyboard that look like Markdown's. */
function fullWidthSigns(text: string, lines: Lines, known: KnownKeys): readonly BoardFinding[] {
  if (!/[＃・･•●■]/.test(text)) return [];
  return lines.between(0, lines.count).flatMap(({ start, end, text: line }): readonly BoardFinding[] => {
    if (isFullWidthHeading(line)) return [{ code: 'fullWidthHeading', start, end }];
    return isFullWidthBullet(line, known) ? [{ code: 'fullWidthBullet', start, end }] : [];
  });
}

const keysTwice = (entries: readonly Entry[]): readonly BoardFinding[] =>
  entries.length < 2 ? [] : twins(entries, ({ name }) => name).map(({ name, keyRange }) => ({ code: 'keyTwice', key: name, ...keyRange }));

/** All that have the key of an earlier one. */
function twins<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): readonly Thing[] {
  const seen = new Set<string>();
  return things.filter((thing) => {
    const key = keyOf(thing);
    const isTwin = seen.has(key);
    seen.add(key);
    return isTwin;
  });
}
