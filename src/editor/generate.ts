import { l10n, type Uri, window, workspace } from 'vscode';
import { checkRequest, isError } from '../catalogue/checkRequest';
import type { JsonObject, Model } from '../catalogue/model';
import { withDefaults } from '../catalogue/requestDefaults';
import { type Destination, isLive, isOpen, type Job, type Order } from '../jobs/job';
import { withStandIns } from '../storyboard/inputs';
import type { Request } from '../storyboard/request';
import { requestHash } from '../storyboard/requestHash';
import { type ChosenRequest, chooseRequest } from './chooseRequest';
import type { Desk } from './desk';
import { destinationFor } from './destination';
import { doubtWords } from './doubtWords';
import type { FavouriteModels } from './favouriteModels';
import { type GestureTrouble, gestureFailure } from './gestureFailures';
import { clockTime, duration } from './jobWords';
import type { ModelsHere } from './modelsHere';
import type { Consent, Gesture, MoneyGate, PriceSeen } from './moneyGate';
import { parameterRows } from './parameterRows';
import { oneLine } from './plainText';
import { type PriceToday, priceToday } from './priceToday';
import { promptInEditor } from './promptInEditor';
import type { RecentModels } from './recentModels';
import { type PreparedInputs, prepareInputs } from './requestInputs';
import { settings } from './settings';
import { tellFailure } from './tellFailure';

export interface GenerateParts {
  readonly desk: () => Desk;
  readonly gate: MoneyGate;
  readonly models: ModelsHere;
  readonly recent: RecentModels;
  readonly favourites: FavouriteModels;
  /** True when there is a token now, asking for one if need be. */
  readonly ensureToken: () => Promise<boolean>;
  readonly started: (job: Job) => void;
  readonly now: () => Date;
}

/** From the selection to a job in the ledger. The editor is the user's again as soon as the job is written down. */
export async function generateFromSelection(parts: GenerateParts, how: { readonly withParameters: boolean }): Promise<void> {
  const editor = window.activeTextEditor;
  // for VS Code a log that has the focus is an editor too, and nobody wants to pay for its lines
  if (!editor || editor.document.uri.scheme === 'output') return tell({ kind: 'noEditor' });
  if (!workspace.isTrusted) return tell({ kind: 'untrusted' });
  const found = promptInEditor(editor);
  if (found.kind !== 'prompt') return tell({ kind: found.kind });
  const { document } = editor;
  const { prompt } = found;
  // a setting that is no address has been told of already
  if (!(await parts.ensureToken())) return settings.apiBase() && tell({ kind: 'noToken' });

  const scope = document.uri;
  const chosen = await chooseRequest({ prompt, scope, ...how }, { ...parts, catalogue: await parts.models.offered() });
  if (chosen) await sendChosen(chosen, { scope, prompt, source: true }, parts);
}

/** `source`: the take remembers the text it was made from. */
export async function sendChosen(
  { request, model, chosen }: ChosenRequest,
  { scope, prompt, source }: { readonly scope: Uri; readonly prompt: string; readonly source: boolean },
  parts: GenerateParts,
): Promise<void> {
  const findings = await checkRequest(model, withStandIns(model, request.body));
  if (findings.some(isError)) return tell({ kind: 'wouldRefuse', findings: findings.filter(isError) });
  const prepared = await prepareInputs(model, request.body, scope, chosen);
  if (prepared.kind === 'input') return tell(prepared);

  const desk = parts.desk();
  const destined = await destinationFor({ uri: scope }, prompt, parts.now(), desk.takesRoot);
  if (destined.kind !== 'destination') return tell(destined);
  const { source: text, ...destination } = destined.destination;
  await parts.recent.use(model.id);
  const order = orderOf(request, model, { ...destination, ...(source && text !== undefined && { source: text }) }, prepared);
  await submitOrder(order, parts, { warnings: prepared.warnings, doubts: doubtWords(model, findings) });
}

/** All that a job needs after the gesture that made it. */
export function orderOf(request: Request, model: Model, destination: Destination, prepared?: PreparedInputs): Order {
  const { body, shown, inputs } = prepared ?? { body: request.body, shown: request.body, inputs: [] };
  return {
    model: { id: model.id, name: model.name, ...(model.typicalSeconds !== undefined && { typicalSeconds: model.typicalSeconds }) },
    endpoint: model.endpoint,
    body,
    ...(inputs.length > 0 && { inputs }),
    prompt: request.prompt,
    requestHash: requestHash(model, body),
    estimate: request.price,
    parameters: parametersOf(withDefaults(model, shown)),
    destination,
  };
}

/** The one way to a paid job: past the gate, then into the ledger. */
export async function submitOrder(
  order: Order,
  parts: Pick<GenerateParts, 'desk' | 'gate' | 'models' | 'started' | 'now'>,
  seen: PriceSeen = {},
): Promise<void> {
  if (!workspace.isTrusted) return tell({ kind: 'untrusted' });
  const desk = parts.desk();
  const today = await todayOf(order, desk, parts);
  const consent = await parts.gate.ask({ ...gestureOf(order, today, desk, parts.now()), ...seen });
  if (consent) await submit({ ...order, estimate: today.estimate }, consent, desk, parts);
}

/** Sends a job that never left this machine, past the gate like any other. */
export async function sendNow(
  job: Job,
  parts: Pick<GenerateParts, 'desk' | 'gate' | 'models' | 'started' | 'now'>,
  seen: PriceSeen = {},
): Promise<void> {
  if (!workspace.isTrusted) return tell({ kind: 'untrusted' });
  const desk = parts.desk();
  const today = await todayOf(job.order, desk, parts);
  if (!(await parts.gate.ask({ ...gestureOf(job.order, today, desk, parts.now()), ...seen }))) return;
  parts.started(job);
  await desk.jobs.sendNow(job.id);
}

async function submit(order: Order, _consent: Consent, desk: Desk, parts: Pick<GenerateParts, 'started'>): Promise<void> {
  const connection = await desk.connect();
  if (!connection) return tell({ kind: 'noToken' });
  const webhookUrl = desk.kind === 'krea' ? settings.webhookUrl() : undefined;
  parts.started(
    await desk.jobs.submit({ ...order, ...(webhookUrl && { webhookUrl }) }, connection.account, connection.client.apiBase.href),
  );
}

/** The demo is free, and has no prices to compare. */
async function todayOf(order: Order, desk: Desk, { models }: Pick<GenerateParts, 'models'>): Promise<PriceToday> {
  return desk.kind === 'krea' ? priceToday(order, { held: () => models.held() }) : { estimate: order.estimate, cheaper: [] };
}

function gestureOf(order: Order, { estimate, cheaper }: PriceToday, desk: Desk, now: Date): Gesture {
  const alike = desk.jobs.newest.filter((job) => isLive(job) && job.order.requestHash === order.requestHash);
  const unclear = alike.find((job) => !isOpen(job));
  const running = unclear ?? alike[0];
  return {
    model: order.model.name,
    parameters: [
      ...(order.destination.shot === undefined ? [] : [oneLine(order.destination.shot, 40)]),
      ...parameterRows(order.parameters).map(({ label, value }) => `${label}: ${value}`),
    ].join(' · '),
    estimates: [estimate],
    cheaper,
    ...(running && { alreadyRunning: alreadyWords(running, now) }),
  };
}

function alreadyWords(job: Job, now: Date): string {
  return isOpen(job)
    ? l10n.t('The same request has been running for {0}.', duration(now.getTime() - job.createdAt))
    : l10n.t('It is not known whether Krea has made a video for the same request of {0}. If so, both are paid.', clockTime(job.createdAt));
}

function parametersOf({ prompt: _, ...parameters }: JsonObject): JsonObject {
  return parameters;
}

export function tell(trouble: GestureTrouble): void {
  void tellFailure(gestureFailure(trouble));
}
