import { l10n, QuickInputButtons, type QuickPickItem, ThemeIcon, window } from 'vscode';
import { checkRequest, type Finding, isError } from '../catalogue/checkRequest';
import type { Json, JsonObject, Model, Parameter } from '../catalogue/model';
import { priceOf } from '../catalogue/price';
import { failureWords } from './failure';
import { findingWords } from './findingWords';
import { gestureFailure } from './gestureFailures';
import { estimateWords } from './jobWords';
import { oneLine, withoutIcons } from './plainText';

interface ParameterRow extends QuickPickItem {
  readonly parameter?: Parameter;
}

/**
 * The parameters that this model has, with the price of what is chosen so far. The fields to send, or `undefined`
 * when the user goes back.
 */
export async function pickParameters(model: Model, prompt: string, start: JsonObject): Promise<JsonObject | undefined> {
  let chosen: JsonObject = start;
  for (;;) {
    const body = { prompt, ...chosen };
    const row = await showRows(model, chosen, estimateWords(priceOf(model, body)), await checkRequest(model, body));
    if (!row) return undefined;
    if (!row.parameter) return chosen;
    const value = await askForValue(row.parameter, chosen[row.parameter.name]);
    if (value === unchanged) continue;
    const { [row.parameter.name]: _, ...others } = chosen;
    chosen = value === undefined ? others : { ...others, [row.parameter.name]: value };
  }
}

function showRows(model: Model, chosen: JsonObject, price: string, findings: readonly Finding[]): Promise<ParameterRow | undefined> {
  const pick = window.createQuickPick<ParameterRow>();
  pick.title = l10n.t('Parameters of {0}', oneLine(model.name));
  pick.placeholder = l10n.t('Choose a parameter to change it');
  pick.buttons = [QuickInputButtons.Back];
  const fields = model.parameters.filter(({ name, deprecated, kind }) => name !== 'prompt' && !deprecated && isPlain(kind));
  const errors = findings.filter(isError);
  const trouble =
    errors.length > 0 ? failureWords(gestureFailure({ kind: 'wouldRefuse', findings: errors })) : findings.map(findingWords).join('; ');
  const generate: ParameterRow = {
    label: errors.length === 0 ? `$(play) ${l10n.t('Generate')}` : `$(warning) ${l10n.t('Generate')}`,
    description: price,
    ...(trouble !== '' && { detail: withoutIcons(trouble, 300) }),
    alwaysShow: true,
  };
  pick.items = [generate, ...fields.map((parameter) => rowOf(parameter, chosen[parameter.name]))];
  return new Promise((resolve) => {
    const end = (row: ParameterRow | undefined): void => {
      resolve(row);
      pick.hide();
    };
    pick.onDidAccept(() => {
      const row = pick.selectedItems[0];
      if (row && (row.parameter || errors.length === 0)) end(row);
    });
    pick.onDidTriggerButton(() => end(undefined));
    pick.onDidHide(() => {
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function rowOf(parameter: Parameter, value: Json | undefined): ParameterRow {
  const shown = value ?? parameter.default;
  return {
    label: withoutIcons(parameter.name),
    description: shown === undefined ? l10n.t('not set') : withoutIcons(String(shown), 60),
    ...(value !== undefined && { iconPath: new ThemeIcon('edit') }),
    detail: rangeWords(parameter),
    parameter,
  };
}

function rangeWords({ kind, values, min, max, default: preset }: Parameter): string {
  const range =
    values?.join(', ') ??
    (min !== undefined && max !== undefined ? l10n.t('{0} to {1}', min, max) : kind === 'uri' ? l10n.t('an address') : '');
  const standard = preset === undefined ? '' : l10n.t('default {0}', String(preset));
  return withoutIcons([range, standard].filter((words) => words !== '').join(' · '), 120);
}

/** Lists and nested objects are written in the settings; a quick pick is no place for them. */
function isPlain(kind: Parameter['kind']): boolean {
  return kind !== 'list' && kind !== 'object';
}

const unchanged = Symbol('unchanged');

/** `undefined` means the model's own default. */
async function askForValue(parameter: Parameter, value: Json | undefined): Promise<Json | undefined | typeof unchanged> {
  const title = parameter.name;
  const choices = parameter.values ?? (parameter.kind === 'boolean' ? [true, false] : undefined);
  if (choices) {
    const standard = { label: l10n.t('Default'), description: String(parameter.default ?? ''), choice: undefined };
    const rows = [...choices.map((choice) => ({ label: String(choice), choice })), standard];
    const row = await window.showQuickPick(rows, { title, placeHolder: l10n.t('Choose a value') });
    return row ? row.choice : unchanged;
  }
  const typed = await window.showInputBox({
    title,
    prompt: [rangeWords(parameter), l10n.t('Empty means the default.')].filter((words) => words !== '').join(' · '),
    value: value === undefined || value === null ? '' : String(value),
    validateInput: (text) => (text.trim() === '' || typedValue(parameter, text) !== undefined ? undefined : l10n.t('This is no number.')),
  });
  if (typed === undefined) return unchanged;
  return typed.trim() === '' ? undefined : typedValue(parameter, typed);
}

function typedValue({ kind }: Parameter, text: string): Json | undefined {
  if (kind !== 'integer' && kind !== 'number') return text.trim();
  const number = Number(text.trim());
  return Number.isFinite(number) ? number : undefined;
}
