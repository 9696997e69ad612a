import path from 'node:path';

/** The checkout. Every built test lies in dist/test/<folder>/, three folders below it. */
export const projectRoot = path.resolve(__dirname, '../../..');

/** What is installed for tests and may be kept between runs (ignored by git). */
export const installedFolder = path.join(projectRoot, '.vscode-test');

/** Screenshots of every run that looks at the workbench (ignored by git). */
export const screenshotFolder = path.join(projectRoot, 'test/e2e/out');

/** What `npm run package` writes. */
export const vsixFile = path.join(projectRoot, 'dist/krea-video.vsix');
