import { type TextDocumentContentProvider, Uri } from 'vscode';

export const sourceScheme = 'krea-video-source';

/** What a storyboard was made of, to be compared with it: it stands in the address itself, so that it outlives the window. */
export const sourceTexts: TextDocumentContentProvider = { provideTextDocumentContent: ({ query }) => query };

/** `name`: by it the editor knows the language. */
export const sourceUri = (name: string, text: string): Uri => Uri.from({ scheme: sourceScheme, path: `/${name}`, query: text });
