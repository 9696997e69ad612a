import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { Boards } from '../../src/editor/boards';
import type { Desk } from '../../src/editor/desk';
import { type BoardView, ShotStates } from '../../src/editor/shotStates';
import { ContentHashes } from '../../src/production/contentHashes';
import { TakeFolders } from '../../src/takes/takeFolders';
import { shotStem } from '../../src/takes/takeNames';
import { emptyFolder } from '../support/emptyFolder';
import { loadCatalogue } from '../support/models';
import { sidecarFor } from '../support/sidecars';
import { waitFor } from '../support/waitFor';

export interface TakeOnDisk {
  readonly take: number;
  readonly hash?: string;
  /** Only its sidecar is there, as in a clone. */
  readonly isBare?: boolean;
  readonly hasPoster?: boolean;
}

/** Storyboards of a folder with takes on disk and no jobs. Nothing of it is the running extension's. */
export class ShotsLab {
  readonly folder: string;
  readonly boards: Boards;
  readonly states: ShotStates;
  kind: Desk['kind'] = 'krea';
  readonly troubles: string[] = [];
  readonly log = (line: string): void => void this.troubles.push(line);
  /** No job, and nothing that could make one. */
  readonly desk = (): Desk => ({ kind: this.kind, jobs: { newest: [] } }) as unknown as Desk;

  constructor() {
    const [workspaceFolder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspaceFolder);
    this.folder = path.join(workspaceFolder.uri.fsPath, path.basename(emptyFolder()));
    mkdirSync(this.folder, { recursive: true });
    this.boards = new Boards({ models: { held: loadCatalogue, offered: loadCatalogue }, log: this.log });
    this.states = new ShotStates({
      ...{ boards: this.boards, desk: this.desk, log: this.log, hashes: new ContentHashes() },
      takes: new TakeFolders(() => Date.now()),
    });
  }

  /** A storyboard on the disk, shown in an editor and looked at. */
  async show(text: string, name = 'film.storyboard.md'): Promise<vscode.TextEditor> {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.file(file)));
    await this.view(editor.document);
    return editor;
  }

  view(document: vscode.TextDocument): Promise<BoardView> {
    return waitFor('a look at the board', () => {
      const view = this.states.held(document.uri);
      return view?.board.version === document.version && view;
    });
  }

  async hashOf(document: vscode.TextDocument, id: string): Promise<string> {
    const { shots } = await this.view(document);
    return shots.find(({ resolved }) => resolved.shot.id === id)?.hash ?? assert.fail(id);
  }

  /** Takes of a shot of film.storyboard.md. */
  saveTakes(shot: string, takes: readonly TakeOnDisk[]): void {
    const folder = path.join(this.folder, 'takes/film', shotStem(shot));
    mkdirSync(folder, { recursive: true });
    for (const { take, hash, isBare, hasPoster } of takes) {
      const stem = path.join(folder, `${shotStem(shot)}_take-${String(take).padStart(3, '0')}`);
      const own = { take, shot, job_id: `${shot}-${take}`, ...(hash !== undefined && { request_hash: hash }) };
      const sidecar = sidecarFor(own);
      writeFileSync(`${stem}.json`, JSON.stringify({ ...sidecar, output: { ...sidecar.output, file: path.basename(`${stem}.mp4`) } }));
      if (!isBare) writeFileSync(`${stem}.mp4`, 'clip');
      if (hasPoster) writeFileSync(`${stem}.jpg`, 'poster');
    }
  }

  /** Waits until the shot stands so. */
  async until(document: vscode.TextDocument, id: string, kind: string): Promise<BoardView> {
    this.states.update();
    return waitFor(`${id} is ${kind}`, () => {
      const view = this.states.held(document.uri);
      return view?.shots.some(({ resolved, state }) => resolved.shot.id === id && state.kind === kind) && view;
    });
  }

  async close(): Promise<void> {
    this.states.dispose();
    this.boards.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
