import { holds } from '../catalogue/holds';
import type { Parameter } from '../catalogue/model';
import { withDefaults } from '../catalogue/requestDefaults';
import type { Candidate, Completion, FilesWanted } from './completion';
import type { CompletionSurroundings } from './completionAt';
import { mediaOfField } from './inputs';
import { priceIf } from './priceIf';
import { imageReferenceField } from './referenceImages';
import type { ResolvedShot } from './resolvedShot';
import { resolveShot } from './resolveShot';
import { heldBy } from './shotLayers';
import type { Shot, Storyboard } from './storyboard';
import { firstShotOf, otherShots } from './typedShot';
import type { Typing } from './typingAt';

type ValueTyping = Extract<Typing, { kind: 'value' }>;

/** Of whole seconds between two limits each is offered, unless they are more. */
const mostSteps = 30;

/** Up to the last slash. */
const folderIn = (written: string): string => written.slice(0, written.lastIndexOf('/') + 1);

/** What could stand behind a key, each with what it would cost. */
export function valueCompletion(board: Storyboard, typing: ValueTyping, around: CompletionSurroundings): Completion {
  const { range, written, lead } = typing;
  const values = new ValueCandidates(board, typing, around);
  const media = values.media();
  const folder = folderIn(written);
  const files: FilesWanted | undefined = media && { folder, media, lead };
  if (files && folder !== '') return { range: { start: range.start + folder.length, end: range.end }, candidates: [], files };
  return { range, candidates: values.all().map((one) => ({ ...one, insert: lead + one.insert })), ...(files && { files }) };
}

class ValueCandidates {
  private readonly shot: Shot | undefined;
  private readonly resolved: ResolvedShot | undefined;

  constructor(
    private readonly board: Storyboard,
    private readonly typing: ValueTyping,
    private readonly around: CompletionSurroundings,
  ) {
    this.shot = this.concernedShot();
    this.resolved = this.shot && resolveShot(board, this.shot, around);
  }

  all(): readonly Candidate[] {
    const { name, in: typedIn } = this.typing;
    if (typedIn.kind === 'cast') return [];
    switch (name) {
      case 'model':
        return this.models();
      case 'pick':
        return this.takes();
      case 'omit':
      case 'approve':
        return ['true', 'false'].map((value) => this.value(value));
      case 'alt':
        return otherShots(this.board, this.shot).map((shot) => ({ kind: 'shot', shot, insert: shot.id }));
      case 'start':
      case 'end':
        return [...this.frames(), ...this.words()];
      case 'refs':
        return [...this.cast(), ...(this.typing.isItem ? [] : [this.value('none')])];
      case 'id':
        return [this.value('none')];
      case 'storyboard':
        return [this.value('1')];
      default:
        return this.ofField();
    }
  }

  /** Of the files that may be named here. */
  media(): FilesWanted['media'] | undefined {
    const { name } = this.typing;
    switch (name) {
      case 'start':
      case 'end':
      case 'ref':
      case 'refs':
        return 'image';
      case 'clip':
        return 'video';
      case 'takes':
        return 'folder';
      case 'blocks':
        return 'markdown';
      default:
        return this.parameter?.kind === 'uri' || this.parameter?.items?.kind === 'uri' ? mediaOfField(name) : undefined;
    }
  }

  private ofField(): readonly Candidate[] {
    const parameter = this.parameter;
    if (!parameter || this.typing.isItem) return [];
    const values = valuesOf(parameter, this.resolved);
    return [...values.map((value) => this.value(value, parameter)), ...this.words()];
  }

  /** `default` where the model has one, `none` where something is inherited. */
  private words(): readonly Candidate[] {
    const { name } = this.typing;
    const isInherited = this.isInherited(name);
    return [
      ...(isInherited && this.parameter?.default !== undefined ? [this.value('default')] : []),
      ...(isInherited ? [this.value('none')] : []),
    ];
  }

  private isInherited(name: string): boolean {
    const { board, shot, typing, around } = this;
    const held = shot && heldBy(board, { ...shot, entries: [] }).get(name);
    if (!held) return Object.hasOwn(around.parameters, name);
    if (typing.in.kind === 'frontMatter') return false;
    return (
      typing.in.kind === 'shot' ||
      held.origin.kind === 'frontMatter' ||
      (held.origin.kind === 'heading' && typing.in.kind === 'section' && held.origin.heading !== typing.in.section.index)
    );
  }

  private value(value: string, parameter?: Parameter): Candidate {
    const label = parameter?.labels?.[value];
    const isDefault = parameter?.default !== undefined && String(parameter.default) === value;
    return { kind: 'value', value, insert: value, label: label === value ? undefined : label, isDefault, cost: this.costOf(value) };
  }

  private models(): readonly Candidate[] {
    const held = this.resolved?.modelId;
    return this.around.catalogue.models.map((model) => ({
      kind: 'model',
      model,
      isHeld: model.id === held,
      insert: model.id,
      cost: this.costOf(model.id) ?? { before: { kind: 'unknown' }, after: { kind: 'unknown' }, isOfEach: false },
    }));
  }

  private takes(): readonly Candidate[] {
    const { shot } = this;
    if (!shot) return [];
    const numbers = [...this.around.takesOf(shot)].sort((one, other) => other - one);
    return numbers.map((number) => ({ kind: 'take', number, shot, insert: String(number) }));
  }

  private frames(): readonly Candidate[] {
    const [nearest] = otherShots(this.board, this.shot);
    if (!nearest) return [];
    const open = (which: 'first' | 'last' | 'at', word: string): Candidate => ({
      ...{ kind: 'frame', which, shot: undefined },
      ...{ insert: `${word}(\${1}${which === 'at' ? `@\${2:0}` : ''})`, isSnippet: true },
    });
    return [
      { kind: 'frame', which: 'last', shot: nearest, insert: `last-frame(${nearest.id})` },
      ...[open('last', 'last-frame'), open('first', 'first-frame'), open('at', 'frame')],
    ];
  }

  private cast(): readonly Candidate[] {
    const inFrontMatter = this.typing.in.kind === 'frontMatter';
    return [...this.board.textBlocks, ...this.around.otherBlocks]
      .filter(({ kind }) => kind === 'cast')
      .map((block) => {
        const name = `@${block.name}`;
        // YAML reserves the sign
        return { kind: 'block', name, block, insert: inFrontMatter ? `"${name}"` : name };
      });
  }

  private costOf(value: string): Extract<Candidate, { kind: 'value' }>['cost'] {
    const { board, shot, around, typing } = this;
    if (!shot || (this.parameter === undefined && typing.name !== 'model')) return undefined;
    return { before: this.priceNow, after: priceIf(board, shot, typing.name, value, around), isOfEach: typing.in.kind !== 'shot' };
  }

  private get parameter(): Parameter | undefined {
    const { name } = this.typing;
    if (this.resolved?.model.kind !== 'model') return undefined;
    const { model } = this.resolved.model;
    const field = name === 'start' || name === 'end' ? `${name}_image` : name === 'refs' ? imageReferenceField(model)?.name : name;
    return model.parameters.find((parameter) => parameter.name === field);
  }

  private known: Extract<Candidate, { kind: 'model' }>['cost']['before'] | undefined;

  /** With what is written now; where nothing is, with what holds without that line. */
  private get priceNow() {
    const { board, shot, around, typing } = this;
    if (!shot) return { kind: 'unknown' } as const;
    const own = shot.entries.find(({ name }) => name === typing.name)?.value;
    const text = own?.kind === 'text' && own.text.trim() !== '' ? own.text : undefined;
    this.known ??= priceIf(board, shot, typing.name, text, around);
    return this.known;
  }

  /** Above shots the first that has no word of its own in this. */
  private concernedShot(): Shot | undefined {
    const { board, typing } = this;
    const place = typing.in;
    if (place.kind === 'shot' || place.kind === 'cast') return firstShotOf(board, place);
    const below = board.shots.filter(({ above }) => place.kind === 'frontMatter' || above.includes(place.section.index));
    return below.find(({ entries }) => !entries.some(({ name }) => name === typing.name)) ?? below[0];
  }
}

/** As they would be written. Of a list only what has an effect as the other values are. */
function valuesOf(parameter: Parameter, resolved: ResolvedShot | undefined): readonly string[] {
  const { kind, min, max } = parameter;
  switch (kind) {
    case 'enum': {
      const body = resolved?.model.kind === 'model' ? withDefaults(resolved.model.model, resolved.body) : {};
      const narrowed = parameter.narrowed?.find(({ when }) => holds(when, body))?.values;
      return (narrowed ?? parameter.values ?? []).map(String);
    }
    case 'boolean':
      return ['true', 'false'];
    case 'integer':
    case 'number': {
      if (parameter.values) return parameter.values.map(String);
      if (min === undefined || max === undefined || max - min > mostSteps)
        return parameter.default === undefined ? [] : [String(parameter.default)];
      return Array.from({ length: Math.floor(max) - Math.ceil(min) + 1 }, (_, index) => String(Math.ceil(min) + index));
    }
    case 'text':
    case 'uri':
    case 'list':
    case 'object':
      return [];
    default:
      return kind satisfies never;
  }
}
