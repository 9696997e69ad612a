/** The page's shell. It never changes while a panel lives; clips come as messages. */
export interface PlayerShell {
  /** `webview.cspSource`: one or more sources, separated by blanks. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
  /** A BCP 47 tag, as `vscode.env.language` gives it. */
  readonly language: string;
}

/** No inline script or style, no forms, no frames, no network: the page plays what the editor serves and nothing else. */
export function contentPolicy({ cspSource, nonce }: Pick<PlayerShell, 'cspSource' | 'nonce'>): string {
  return [
    `default-src 'none'`,
    `media-src ${cspSource} blob:`,
    `img-src ${cspSource} blob: data:`,
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

export function playerHtml(shell: PlayerShell): string {
  return `<!DOCTYPE html>
<html lang="${escaped(shell.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(contentPolicy(shell))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Krea Video</title>
<link rel="stylesheet" href="${escaped(shell.style)}">
</head>
<body>
<script nonce="${escaped(shell.nonce)}" src="${escaped(shell.script)}"></script>
</body>
</html>`;
}
