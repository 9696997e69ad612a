/**
 * What `vscode` is for the tests that run outside an editor: the English texts as they stand in the code. Nothing
 * else of the editor is imitated; what needs more is tested inside a real one.
 */
type Arg = string | number | boolean;
type Message = string | { readonly message: string; readonly args?: readonly Arg[] };

export const l10n = {
  t: (message: Message, ...args: readonly Arg[]): string => {
    const [text, values] = typeof message === 'string' ? [message, args] : [message.message, message.args ?? []];
    return text.replace(/\{(\d+)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
  },
};

export const env = { language: 'en' };
