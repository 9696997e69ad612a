/** What the host needs of mediabunny and no more: esbuild.js makes this file a bundle of its own, read when the first clip is inspected. */
export { FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny';
