import { type Disposable, type Event, EventEmitter, type TreeDataProvider, type TreeItem, type TreeView, window } from 'vscode';

/** What fills a tree: what it tells of is passed on. */
export interface TreeSource<T> extends TreeDataProvider<T> {
  readonly onDidChangeTreeData: Event<T | T[] | undefined>;
}

/** A tree view that is there from the start and loads what fills it when it is first shown. */
export class LateTree<T> implements TreeDataProvider<T>, Disposable {
  private readonly changed = new EventEmitter<T | T[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<T>;
  private source: Promise<TreeSource<T>> | undefined;

  /** `open` may reject, having said so: it is asked again when the view is shown again. */
  constructor(
    id: string,
    private readonly open: (view: TreeView<T>) => Promise<TreeSource<T>>,
  ) {
    this.view = window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
  }

  async getChildren(node?: T): Promise<T[]> {
    return (await (await this.loaded()).getChildren(node)) ?? [];
  }

  async getTreeItem(node: T): Promise<TreeItem> {
    return (await this.loaded()).getTreeItem(node);
  }

  async resolveTreeItem(...[item, node, token]: Parameters<NonNullable<TreeDataProvider<T>['resolveTreeItem']>>): Promise<TreeItem> {
    return (await (await this.loaded()).resolveTreeItem?.(item, node, token)) ?? item;
  }

  /** Without it nothing could be revealed. */
  async getParent(node: T): Promise<T | undefined> {
    return (await (await this.loaded()).getParent?.(node)) ?? undefined;
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }

  private loaded(): Promise<TreeSource<T>> {
    this.source ??= this.open(this.view).then(
      (source) => {
        source.onDidChangeTreeData((nodes) => this.changed.fire(nodes));
        return source;
      },
      (error: unknown) => {
        this.source = undefined;
        throw error;
      },
    );
    return this.source;
  }
}
