/** Storyboards are Markdown, so that its own outline, folding and preview go on working. */
export const storyboardFiles = [
  { language: 'markdown', scheme: 'file' },
  { language: 'markdown', scheme: 'untitled' },
] as const;
