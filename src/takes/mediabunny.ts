/** What the host needs of mediabunny and no more: esbuild.js makes this file a bundle of its own, read when the first clip is inspected. */
import { Logging, LogLevel } from 'mediabunny';

export { FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny';

// the console of the extension host belongs to all extensions
Logging.level = LogLevel.Silent;
