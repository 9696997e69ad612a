import type { Uri } from 'vscode';
import type { Model } from '../catalogue/model';
import { withDefaults } from '../catalogue/requestDefaults';
import type { InputFile } from '../jobs/inputFile';
import type { ContentHashes } from '../production/contentHashes';
import { originAt } from '../storyboard/checkShot';
import { frameReference } from '../storyboard/frameReference';
import { type InputPlace, inputsOf } from '../storyboard/inputs';
import { inputWarnings } from '../storyboard/inputWarnings';
import { placeOfOrigin } from '../storyboard/placeOfOrigin';
import type { BoardShot } from '../storyboard/readBoard';
import { resolveInputs } from '../storyboard/resolveInputs';
import type { BoardSentence } from './boardSentences';
import type { OpenBoard } from './boards';
import { type InputTrouble, inputWarningWords, inputWords } from './inputFailures';
import { foldersFor } from './requestInputs';

type Looked = { readonly kind: 'file'; readonly input: InputFile } | ({ readonly kind: 'trouble' } & Pick<InputTrouble, 'why' | 'code'>);

/** Milliseconds for one file. */
const patience = 20_000;
/** A board names some hundred files; what is older than this many is looked at anew. */
const most = 5000;

/** What speaks against the files that shots name. Files are looked at beside the keystrokes, and again when one has changed. */
export class InputTroubles {
  private readonly looked = new Map<string, Looked>();
  /** Those of them that no event has put in doubt since. */
  private readonly fresh = new Set<string>();

  constructor(private readonly hashes: ContentHashes) {}

  /** A file came, went or was changed. */
  forget(): void {
    this.fresh.clear();
  }

  /** Looks at the files of a board that were not looked at yet; whether there were any. */
  async look({ document: { uri }, shots }: OpenBoard): Promise<boolean> {
    if (this.looked.size > most) {
      this.looked.clear();
      this.fresh.clear();
    }
    const places = new Map(shots.flatMap((shot) => placesOf(shot).map(({ place }) => [keyOf(uri, place), place] as const)));
    const unknown = [...places].filter(([key]) => !this.fresh.has(key));
    for (const [key, place] of unknown) {
      // what happens to a file while it is looked at asks for another look
      this.fresh.add(key);
      this.looked.set(key, await this.lookAt(place, uri));
    }
    return unknown.length > 0;
  }

  /** Of the files of a shot that were looked at. */
  sentences(shot: BoardShot, isSettled: boolean, { document: { uri }, storyboard }: OpenBoard): readonly BoardSentence[] {
    const { resolved } = shot;
    const found = placesOf(shot).flatMap(({ place, model }) => {
      const looked = this.looked.get(keyOf(uri, place));
      return looked ? [{ place, model, looked }] : [];
    });
    const at = (place: InputPlace): BoardSentence | undefined => {
      const origin = originAt(place.at, resolved);
      const range = origin ? placeOfOrigin(origin, resolved.shot, storyboard, place.written) : resolved.shot.idRange;
      return { ...range, severity: isSettled ? 'hint' : 'error', code: 'file', words: '' };
    };
    const troubles = found.flatMap(({ place, looked }): readonly BoardSentence[] => {
      const why = troubleWith(place, looked);
      const sentence = at(place);
      if (!why || !sentence) return [];
      return [{ ...sentence, words: inputWords({ role: place.role, name: place.written, media: place.media, ...why }) }];
    });
    return [...troubles, ...this.warnings(found, at, resolved.body, isSettled)];
  }

  private warnings(
    found: readonly { readonly place: InputPlace; readonly model: Model; readonly looked: Looked }[],
    at: (place: InputPlace) => BoardSentence | undefined,
    body: BoardShot['resolved']['body'],
    isSettled: boolean,
  ): readonly BoardSentence[] {
    const [first] = found;
    if (!first) return [];
    const shapes = found.flatMap(({ place: { role, media }, looked }) =>
      looked.kind === 'file' ? [{ role, media, ...(looked.input.size && { size: looked.input.size }) }] : [],
    );
    return inputWarnings(shapes, withDefaults(first.model, body)).flatMap((warning): readonly BoardSentence[] => {
      const place = found.find(({ place: { role } }) => role === warning.role)?.place;
      const sentence = place && at(place);
      return sentence ? [{ ...sentence, severity: isSettled ? 'hint' : 'warning', words: inputWarningWords(warning) }] : [];
    });
  }

  private async lookAt(place: InputPlace, uri: Uri): Promise<Looked> {
    const found = await resolveInputs([place], foldersFor(uri));
    if (found.kind === 'refused') return { kind: 'trouble', why: found.why, ...(found.code && { code: found.code }) };
    const [input] = found.inputs;
    if (!input) return { kind: 'trouble', why: 'missing' };
    return this.hashes.inspect(input.file, AbortSignal.timeout(patience)).catch(() => ({ kind: 'trouble', why: 'unreadable' }) as const);
  }
}

/** Frames of other shots are no files. */
function placesOf({ resolved: { model, body } }: BoardShot): readonly { readonly place: InputPlace; readonly model: Model }[] {
  if (model.kind !== 'model') return [];
  return inputsOf(model.model, body)
    .filter(({ written }) => frameReference(written) === undefined)
    .map((place) => ({ place, model: model.model }));
}

function troubleWith({ media }: InputPlace, looked: Looked): Pick<InputTrouble, 'why' | 'code'> | undefined {
  if (looked.kind === 'trouble') return looked;
  return media !== 'any' && looked.input.type.media !== media ? { why: 'otherMedia' } : undefined;
}

const keyOf = (uri: Uri, { written }: InputPlace): string => `${uri.toString()}\n${written}`;
