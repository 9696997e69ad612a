import { randomBytes } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { type FromPage, isFromPage, type ToPage } from './messages';
import { PageLink } from './pageLink';
import { playerHtml } from './playerHtml';
import { tabTitle } from './tabTitle';

export const playerViewType = 'kreaVideo.player';

/** What an opened panel tells its player. */
export interface PanelEvents {
  readonly heard: (message: FromPage) => void;
  readonly hidden: () => void;
  /** The page did not start, also when loaded once more. */
  readonly dead: () => void;
  readonly closed: () => void;
  readonly log: (line: string) => void;
}

/** Where and as what a panel is opened. */
export interface NewPanel {
  readonly extensionUri: vscode.Uri;
  readonly roots: readonly vscode.Uri[];
  readonly viewType: string;
  readonly viewColumn: vscode.ViewColumn;
  readonly preserveFocus: boolean;
}

/** One panel from its opening to its closing: what it may read, its page, and whether that listens. */
export class OpenPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #extensionUri: vscode.Uri;
  readonly #link: PageLink;
  /** Folders the page may read, besides its own. */
  #roots: readonly vscode.Uri[];
  /** As last told: the same event also reports that the panel gained or lost the focus. */
  #wasVisible: boolean;

  static create({ extensionUri, roots, viewType, ...showOptions }: NewPanel, events: PanelEvents): OpenPanel {
    const panel = vscode.window.createWebviewPanel(
      viewType,
      tabTitle(''),
      showOptions,
      // A page that is kept goes on playing when it is hidden; a new one is there in a fraction of a second.
      { ...optionsFor(extensionUri, roots), retainContextWhenHidden: false },
    );
    return new OpenPanel(panel, extensionUri, roots, events);
  }

  /** A panel that the editor kept over a reload of its window. */
  static adopt(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, roots: readonly vscode.Uri[], events: PanelEvents): OpenPanel {
    panel.webview.options = optionsFor(extensionUri, roots);
    return new OpenPanel(panel, extensionUri, roots, events);
  }

  private constructor(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, roots: readonly vscode.Uri[], events: PanelEvents) {
    this.#panel = panel;
    this.#extensionUri = extensionUri;
    this.#roots = roots;
    this.#wasVisible = panel.visible;
    this.#link = new PageLink(
      {
        post: (message) => void panel.webview.postMessage(message).then(undefined, (error) => events.log(`player: ${String(error)}`)),
        load: () => {
          panel.webview.html = this.#html();
        },
        later: (run, ms) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
      },
      events.dead,
    );
    panel.iconPath = new vscode.ThemeIcon('device-camera-video');
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (!isFromPage(message)) return;
      if (message.type === 'ready') this.#link.found();
      events.heard(message);
    });
    panel.onDidChangeViewState(() => this.#seen(events));
    panel.onDidDispose(() => {
      this.#link.lost();
      events.closed();
    });
    this.#link.open();
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  get ready(): boolean {
    return this.#link.ready;
  }

  set title(title: string) {
    this.#panel.title = tabTitle(title);
  }

  reveal(preserveFocus: boolean): void {
    this.#panel.reveal(undefined, preserveFocus);
  }

  /** False: no page listens, the message was dropped. */
  post(message: ToPage): boolean {
    return this.#link.post(message);
  }

  /** A takes folder that was chosen after the panel was opened: the page is reloaded once, and says ready again. */
  mayRead(file: string): void {
    if (this.#roots.some((root) => isBelow(file, root))) return;
    this.#roots = [...this.#roots, vscode.Uri.file(path.dirname(file))];
    this.#panel.webview.options = optionsFor(this.#extensionUri, this.#roots);
    if (this.#panel.visible) this.#link.expect();
  }

  /** The address of a clip for the page; another version is another address to every cache on the way. */
  address(file: string, version: string): string {
    const address = this.#panel.webview.asWebviewUri(vscode.Uri.file(file));
    return address.with({ query: `v=${version}` }).toString();
  }

  close(): void {
    this.#panel.dispose();
  }

  #seen(events: PanelEvents): void {
    const { visible } = this.#panel;
    if (visible && !this.#wasVisible && !this.#link.ready) this.#link.expect();
    if (!visible && this.#wasVisible) {
      // For an editor that keeps hidden pages: sound must not go on in a tab that nobody sees.
      this.#link.post({ type: 'pause' });
      this.#link.lost();
      events.hidden();
    }
    this.#wasVisible = visible;
  }

  /** The editor ignores a page that it has already; the new nonce makes it another one. */
  #html(): string {
    const { webview } = this.#panel;
    const address = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#extensionUri, 'dist', 'player', name)).toString();
    return playerHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
      script: address('page.js'),
      style: address('page.css'),
      language: vscode.env.language,
    });
  }
}

function optionsFor(extensionUri: vscode.Uri, roots: readonly vscode.Uri[]): vscode.WebviewOptions {
  const own = [vscode.Uri.joinPath(extensionUri, 'dist', 'player'), vscode.Uri.joinPath(extensionUri, 'media')];
  return { enableScripts: true, enableForms: false, localResourceRoots: [...own, ...roots] };
}

function isBelow(file: string, root: vscode.Uri): boolean {
  const way = path.relative(root.fsPath, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
