/**
 * Foreign text (prompts, words of the service) made safe for the places where VS Code reads signs out of text.
 * All of them fold white space and bound the length, in whole characters.
 */
export function oneLine(text: string, most = 60): string {
  const folded = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const characters = [...folded];
  return characters.length > most
    ? `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : folded;
}

/** For the status bar and for quick picks, where `$(name)` is an icon. */
export function withoutIcons(text: string, most = 60): string {
  return isolated(oneLine(text, most).replace(/\$\(/g, '\\$('));
}

/** For labels of trees, which read no signs: what is escaped there would be seen. */
export function inLabel(text: string, most = 60): string {
  return isolated(oneLine(text, most));
}

/** For notifications, where `[text](command:…)` is a link that runs a command. */
export function withoutLinks(text: string, most = 60): string {
  return isolated(oneLine(text, most).replace(/\]\(/g, ']\u200b('));
}

/** For Markdown: every sign that could mean something is escaped, so that not even a bare address becomes a link. */
export function inMarkdown(text: string, most = 60): string {
  return isolated(oneLine(text, most)).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** Sentences of ours one after the other: with no space between them in Japanese. */
export function sentences(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .reduce((text, part) => (text === '' || text.endsWith('。') ? text + part : `${text} ${part}`), '');
}

/** Text that may be right-to-left or carry direction marks does not turn the words around it. */
export function isolated(text: string): string {
  return /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]/.test(text) ? `\u2068${text}\u2069` : text;
}
