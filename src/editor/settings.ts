import * as vscode from 'vscode';
import type { Json, JsonObject } from '../catalogue/model';
import type { NetworkWay } from '../krea/network';
import type { ProxySettings, ProxySupport } from '../krea/proxySettings';

export type OpenPlayer = 'ifIdle' | 'always' | 'never';
export type Notifications = 'all' | 'problems' | 'none';

const proxySupports: readonly ProxySupport[] = ['off', 'on', 'fallback', 'override'];

/** The user's settings, read when they are needed and checked: a settings file may hold anything. */
export const settings = {
  model: (scope?: vscode.Uri) => text('model', scope),
  parameters: (scope?: vscode.Uri): JsonObject => {
    const entries = Object.entries(plainValues(section(scope).get<unknown>('parameters')));
    return Object.fromEntries(entries.filter(([, value]) => value !== null));
  },
  takesFolder: (scope?: vscode.Uri): { value: string; from: 'user' | 'workspace' } => {
    const found = section(scope).inspect<unknown>('takesFolder');
    const ofWorkspace = found?.workspaceFolderValue ?? found?.workspaceValue;
    return { value: text('takesFolder', scope) || 'takes', from: typeof ofWorkspace === 'string' ? 'workspace' : 'user' };
  },
  /** Millionths of a US dollar. */
  confirmAboveMicroUsd: (): number => {
    const usd = section().get<unknown>('confirmAbove');
    return typeof usd === 'number' && usd >= 0 ? Math.round(usd * 1_000_000) : 1_000_000;
  },
  /** Bytes of a clip above which the user is asked before it is fetched. */
  askAboveBytes: (): number => {
    const megabytes = section().get<unknown>('askAboveMegabytes');
    return (typeof megabytes === 'number' && megabytes > 0 ? megabytes : 1000) * 1_000_000;
  },
  openPlayer: () => oneOf<OpenPlayer>('openPlayer', ['ifIdle', 'always', 'never']),
  autoplay: () => section().get<unknown>('player.autoplay') !== false,
  loop: () => section().get<unknown>('player.loop') === true,
  dimUnsent: () => section().get<unknown>('dimUnsent') !== false,
  notifications: () => oneOf<Notifications>('notifications', ['all', 'problems', 'none']),
  network: () => oneOf<NetworkWay>('network', ['auto', 'direct', 'editor']),
  webhookUrl: (): string | undefined => webAddress('webhookUrl')?.href,
  /** `undefined` when the setting is no web address. */
  apiBase: (): URL | undefined => webAddress('apiBase'),
  proxy: (): ProxySettings => {
    const http = vscode.workspace.getConfiguration('http');
    const proxy = http.get<unknown>('proxy');
    const noProxy = http.get<unknown>('noProxy');
    const authorization = http.get<unknown>('proxyAuthorization');
    const support = http.get<unknown>('proxySupport');
    const known = proxySupports.find((name) => name === support);
    return {
      // without a scheme the editor, too, takes it for none
      ...(typeof proxy === 'string' && /^\w+:\/\//.test(proxy.trim()) && { proxy: proxy.trim() }),
      ...(Array.isArray(noProxy) && { noProxy: noProxy.filter((host): host is string => typeof host === 'string') }),
      ...(typeof authorization === 'string' && authorization && { authorization }),
      ...(known && { support: known }),
      strictCertificates: http.get<unknown>('proxyStrictSSL') !== false,
      systemCertificates: http.get<unknown>('systemCertificates') !== false,
    };
  },
} as const;

/** When something changed that connections depend on. */
export function onNetworkSettings(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (['kreaVideo.network', 'kreaVideo.apiBase', 'http'].some((name) => change.affectsConfiguration(name))) changed();
  });
}

function section(scope?: vscode.Uri): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('kreaVideo', scope);
}

function text(name: string, scope?: vscode.Uri): string {
  const value = section(scope).get<unknown>(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** The first value is the default. */
function oneOf<T extends string>(name: string, values: readonly [T, ...T[]]): T {
  const value = section().get<unknown>(name);
  return values.find((known) => known === value) ?? values[0];
}

function webAddress(name: string): URL | undefined {
  const value = text(name);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

/** A settings file may hold anything that JSON can. */
function plainValues(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, json(inner)]));
}

function json(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  if (Array.isArray(value)) return value.map(json);
  return typeof value === 'object' && value !== null ? plainValues(value) : null;
}
