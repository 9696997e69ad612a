import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { Boards } from '../../src/editor/boards';
import type { Desk } from '../../src/editor/desk';
import { FavouriteModels } from '../../src/editor/favouriteModels';
import { GenerateShots } from '../../src/editor/generateShot';
import { type Consent, type Gesture, MoneyGate } from '../../src/editor/moneyGate';
import { openKreaDesk } from '../../src/editor/openDesk';
import { RecentModels } from '../../src/editor/recentModels';
import { SeenTakes } from '../../src/editor/seenTakes';
import { ShotLens } from '../../src/editor/shotLens';
import { ShotStates, type ShotView } from '../../src/editor/shotStates';
import { systemClock } from '../../src/jobs/clock';
import { KreaClient } from '../../src/krea/kreaClient';
import { Network } from '../../src/krea/network';
import { ContentHashes } from '../../src/production/contentHashes';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { readSidecar, type Sidecar } from '../../src/takes/sidecar';
import { TakeFolders } from '../../src/takes/takeFolders';
import { emptyFolder } from '../support/emptyFolder';
import { loadCatalogue } from '../support/models';
import { tinyClip } from '../support/tinyClip';
import { waitFor } from '../support/waitFor';

/** Says yes to everything but a request that is on its way already, and remembers what it was asked. */
class Gate extends MoneyGate {
  readonly gestures: Gesture[] = [];

  override async ask(gesture: Gesture): Promise<Consent | undefined> {
    this.gestures.push(gesture);
    return gesture.alreadyRunning === undefined ? super.ask({ ...gesture, warnings: [] }) : undefined;
  }
}

export function memoryOf(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as vscode.Memento;
}

/** The storyboard side of the editor on a real folder, with the simulator as Krea. Nothing of it is the running extension's. */
export class ShotLab {
  readonly folder: string;
  readonly gate = new Gate(memoryOf(), () => true);
  readonly seen = new SeenTakes(memoryOf());
  readonly boards: Boards;
  readonly states: ShotStates;
  readonly shots: GenerateShots;
  readonly lens: ShotLens;
  /** Wall time as the lens sees it. */
  now = () => Date.now();
  kind: Desk['kind'] = 'krea';
  private readonly network = new Network('direct', { strictCertificates: true });
  private readonly desk: Desk;

  static async open(runMs = 0): Promise<ShotLab> {
    const clip = await tinyClip();
    const pace = { runMs };
    const simulator = await startSimulator({
      tokens: [{ name: 'ann', token: 'krea-secret-of-ann-0123456789', workspace: 'studio' }],
      makeClip: async () => clip,
      runTime: () => pace.runMs,
    });
    return new ShotLab(simulator, pace);
  }

  private constructor(
    readonly simulator: Simulator,
    readonly pace: { runMs: number },
  ) {
    const [workspaceFolder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspaceFolder);
    this.folder = path.join(workspaceFolder.uri.fsPath, path.basename(emptyFolder()));
    mkdirSync(this.folder, { recursive: true });
    const log = () => undefined;
    const client = new KreaClient(this.network, new URL(simulator.apiBase), 'krea-secret-of-ann-0123456789', 'krea-video/test');
    const connect = async () => ({ client, network: this.network, account: 'account-1' });
    this.desk = openKreaDesk(path.join(emptyFolder(), 'storage'), connect, { windowId: 'w', clock: systemClock, log });
    const models = { held: loadCatalogue, offered: loadCatalogue };
    const desk = () => ({ ...this.desk, kind: this.kind });
    this.boards = new Boards({ models, log });
    this.states = new ShotStates({
      ...{ boards: this.boards, desk, log, hashes: new ContentHashes() },
      takes: new TakeFolders(() => Date.now()),
    });
    const { boards, states, seen } = this;
    this.shots = new GenerateShots({
      boards,
      generate: {
        desk,
        gate: this.gate,
        models: models as never, // the gesture takes its models from the boards
        recent: new RecentModels(memoryOf()),
        favourites: new FavouriteModels(memoryOf()),
        ensureToken: async () => true,
        started: () => undefined,
        now: () => new Date(),
      },
    });
    this.lens = new ShotLens({ boards, states, seen, desk, now: () => this.now(), log });
    this.desk.jobs.events.on('changed', () => states.update());
  }

  /** A storyboard on the disk, open. */
  async write(text: string, name = 'film.storyboard.md'): Promise<vscode.TextDocument> {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    return vscode.workspace.openTextDocument(vscode.Uri.file(file));
  }

  async replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().indexOf(from);
    assert.ok(at >= 0, from);
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  async viewOf(document: vscode.TextDocument, id: string): Promise<ShotView> {
    const board = await this.boards.of(document);
    assert.ok(board);
    const view = (await this.states.viewOf(board)).shots.find(({ resolved }) => resolved.shot.id === id);
    assert.ok(view, id);
    return view;
  }

  /** The words over the lines of shots and over the file, each line as `line: one | two`. */
  async lenses(document: vscode.TextDocument): Promise<readonly string[]> {
    const lenses = await this.lens.provideCodeLenses(document);
    const lines = new Map<number, string[]>();
    for (const { range, command } of lenses) lines.set(range.start.line, [...(lines.get(range.start.line) ?? []), command?.title ?? '?']);
    return [...lines].map(([line, titles]) => `${line}: ${titles.join(' | ')}`);
  }

  async commandOf(document: vscode.TextDocument, title: RegExp): Promise<vscode.Command> {
    const found = (await this.lens.provideCodeLenses(document)).find(({ command }) => title.test(command?.title ?? ''))?.command;
    assert.ok(found, String(title));
    return found;
  }

  /** Waits until the lenses, as the states are then, are these. */
  async untilLens(document: vscode.TextDocument, line: RegExp): Promise<string> {
    return waitFor(`a lens like ${line}`, async () => (await this.lenses(document)).find((words) => line.test(words)));
  }

  sidecars(): readonly Sidecar[] {
    return readdirSync(this.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /_take-\d+\.json$/.test(name))
      .sort()
      .map((name) => readSidecar(JSON.parse(readFileSync(path.join(this.folder, name), 'utf8'))) ?? assert.fail(name));
  }

  /** Waits for so many takes, and until no job is on its way: a sidecar lies there before the ledger says *done*. */
  async made(takes: number): Promise<void> {
    await waitFor(`${takes} takes`, () => this.sidecars().length === takes && this.desk.jobs.open.length === 0);
  }

  async close(): Promise<void> {
    this.lens.dispose();
    this.states.dispose();
    this.boards.dispose();
    await this.desk.dispose();
    await this.network.close();
    await this.simulator.close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
